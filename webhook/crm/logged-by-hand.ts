import type { Email, EmailHead } from '../../models/email.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import { previewOf, textOf } from '../html/text.ts'
import type { Blind } from '../keys/workspace-keys.ts'
import type { Person } from './ports.ts'
import type { Loggable } from '../rules/hand-log.ts'
import type { SeenEmail } from '../store/email-store.ts'
import {
  apartIdentityOf,
  canBeOneSending,
  identityOf,
  messageIdKeyOf,
  personalIdentityOf,
  type IdentityFacts,
} from '../sync/decide/identity.ts'
import { contentOf } from '../sync/page/seen-email.ts'

export type KnownCopies = Loggable & {
  /** The e-mail, when the person has it already: where each copy is one, only what they have logged themselves. */
  own: EmailHead | null
  /** The e-mail that a copy like this one would join, whoever's it is. */
  shared: Email | null
  blind: Blind
  now: Date
}

/** Names what a person has logged, within its e-mail. */
export const handKeyOf = ({ userId }: Pick<Person, 'userId'>) => `add-in:${userId}`

const toldDateOf = ({ sentAt }: LogEmailRequest) => (sentAt ? new Date(sentAt) : null)

/** What the identity of the logged message is made of. */
export const factsOf = (request: LogEmailRequest): IdentityFacts => ({
  internetMessageId: request.internetMessageId ?? null,
  fromAddress: request.from?.address ?? null,
  sentAt: toldDateOf(request),
  subject: request.subject,
  bodyHtml: request.bodyHtml,
})

/** An e-mail with the sighting "logged by hand": as the person's mailbox has it, else as the pane read it. */
export function seenByHand(
  person: Person,
  request: LogEmailRequest,
  known: KnownCopies,
): SeenEmail {
  const { copy, blind, now } = known
  const content = copy ? contentOf(blind, copy.message) : paneContent(blind, request, now)
  return {
    ...content,
    workspaceId: person.workspaceId,
    identity: identityFor(person, { request, content }, known),
    sighting: {
      key: handKeyOf(person),
      via: 'add-in',
      mailboxId: null,
      mailboxAddress: request.mailboxAddress.toLowerCase(),
      folderId: null,
      messageId: copy?.message.messageId ?? request.itemId ?? null,
      ownerUserId: person.userId,
      byName: person.displayName,
      since: now,
      ...{ isRead: null, categories: [] },
    },
  }
}

type Content = ReturnType<typeof contentOf>

/** The pane's date is when Outlook made its copy (outlook-addin 2.4), which need not be when it was sent. */
function paneContent(blind: Blind, request: LogEmailRequest, now: Date): Content {
  const { internetMessageId = null, subject, bodyHtml, from, to, cc } = request
  return {
    ...{ internetMessageId, subject, bodyHtml, from, to, cc },
    identity: identityOf(blind, factsOf(request)),
    messageIdKey: messageIdKeyOf(blind, internetMessageId),
    preview: previewOf(bodyHtml),
    sentAt: null,
    receivedAt: toldDateOf(request) ?? now,
    hasAttachments: false, // the pane does not send any yet, nor these
    references: request.references ?? [],
    inReplyTo: request.inReplyTo ?? null,
    ...{ sender: null, bcc: [], replyTo: [] },
  }
}

/** Whoever has a copy in their own mailbox joins the others by the same name as the sync. */
function identityFor(
  person: Person,
  { request, content }: { request: LogEmailRequest; content: Content },
  { own, shared, copy, deduplicate, blind }: KnownCopies,
): string {
  if (own && canBeOneSending(own.sentAt, content.sentAt)) return own.identity
  if (!deduplicate) return apartIdentityOf(content.identity, handKeyOf(person))
  if (copy || maySee(shared, request.bodyHtml)) return content.identity
  return personalIdentityOf(blind, person.userId, factsOf(request))
}

/**
 * Joining a colleague's copy opens it to this person, and a Message-ID alone can be read off any reply. So the body must
 * be the same: whoever has the text may see the text. Otherwise it is stored as an e-mail of their own.
 */
function maySee(colleagues: Email | null, bodyHtml: string): boolean {
  const words = textOf(bodyHtml)
  return colleagues === null || (words !== '' && words === textOf(colleagues.bodyHtml))
}
