import type { Email } from '../../models/email.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import type { Person } from './ports.ts'
import type { SeenEmail } from '../store/email-store.ts'
import {
  identityOf,
  messageIdKeyOf,
  personalIdentityOf,
  type IdentityFacts,
} from '../sync/decide/identity.ts'

const PREVIEW_CHARS = 255

export type KnownCopies = {
  /** The e-mail, when the person may see it already. */
  own: Email | null
  /** The e-mail that a copy like this one would join, whoever's it is. */
  shared: Email | null
  now: Date
}

const sentAtOf = ({ sentAt }: LogEmailRequest) => (sentAt ? new Date(sentAt) : null)

/** What the identity of the logged message is made of. */
export const factsOf = (request: LogEmailRequest): IdentityFacts => ({
  internetMessageId: request.internetMessageId ?? null,
  fromAddress: request.from?.address ?? null,
  sentAt: sentAtOf(request),
  subject: request.subject,
  bodyHtml: request.bodyHtml,
})

/** What the pane read, as an e-mail with the sighting "logged by hand". */
export function seenByHand(
  person: Person,
  request: LogEmailRequest,
  { own, shared, now }: KnownCopies,
): SeenEmail {
  const { subject, bodyHtml, from, to, cc } = request
  const internetMessageId = request.internetMessageId ?? null
  const sentAt = sentAtOf(request)
  const facts = factsOf(request)
  const identity =
    own?.identity ??
    (maySee(shared, bodyHtml) ? identityOf(facts) : personalIdentityOf(person.userId, facts))
  return {
    workspaceId: person.workspaceId,
    identity,
    internetMessageId,
    messageIdKey: messageIdKeyOf(internetMessageId),
    subject,
    preview: textOf(bodyHtml).slice(0, PREVIEW_CHARS),
    bodyHtml,
    from,
    to,
    cc,
    sentAt,
    receivedAt: sentAt ?? now,
    hasAttachments: false, // the pane does not send any yet
    sighting: {
      key: `add-in:${person.userId}`,
      via: 'add-in',
      mailboxId: null,
      mailboxAddress: request.mailboxAddress.toLowerCase(),
      folderId: null,
      folderName: null,
      messageId: request.itemId ?? null,
      ownerUserId: person.userId,
      byName: person.displayName,
      since: now,
    },
  }
}

/**
 * Joining a colleague's copy opens it to this person, and a Message-ID alone can be read off any reply. So the body must
 * be the same: whoever has the text may see the text. Otherwise it is stored as an e-mail of their own.
 */
function maySee(colleagues: Email | null, bodyHtml: string): boolean {
  const words = textOf(bodyHtml)
  return colleagues === null || (words !== '' && words === textOf(colleagues.bodyHtml))
}

const UNSEEN = new Set(['head', 'script', 'style'])

/**
 * The words of a body; markup differs between what Graph and what Office.js give. For comparing, never for showing. In
 * one walk, as a hostile body of a megabyte must not hold everybody up.
 */
export function textOf(html: string): string {
  const [start = '', ...tags] = html.split('<')
  const words = [start]
  let unseen: string | null = null
  for (const tag of tags) {
    const name = (/^\/?[a-z]*/i.exec(tag)?.[0] ?? '').toLowerCase()
    if (unseen === null && UNSEEN.has(name)) unseen = name
    else if (name === `/${unseen}`) unseen = null
    if (unseen === null) words.push(tag.slice(tag.indexOf('>') + 1))
  }
  return words
    .join(' ')
    .replace(/(&nbsp;|\s)+/g, ' ')
    .trim()
}
