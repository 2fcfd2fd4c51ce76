import type { Email, EmailHead } from '../../models/email.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import { previewOf, textOf } from '../html/text.ts'
import type { Blind } from '../keys/workspace-keys.ts'
import type { Person } from './ports.ts'
import type { SeenEmail } from '../store/email-store.ts'
import {
  identityOf,
  messageIdKeyOf,
  personalIdentityOf,
  type IdentityFacts,
} from '../sync/decide/identity.ts'

export type KnownCopies = {
  /** The e-mail, when the person may see it already. */
  own: EmailHead | null
  /** The e-mail that a copy like this one would join, whoever's it is. */
  shared: Email | null
  blind: Blind
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
  { own, shared, blind, now }: KnownCopies,
): SeenEmail {
  const { subject, bodyHtml, from, to, cc } = request
  const internetMessageId = request.internetMessageId ?? null
  const sentAt = sentAtOf(request)
  const facts = factsOf(request)
  const identity =
    own?.identity ??
    (maySee(shared, bodyHtml)
      ? identityOf(blind, facts)
      : personalIdentityOf(blind, person.userId, facts))
  return {
    workspaceId: person.workspaceId,
    identity,
    internetMessageId,
    messageIdKey: messageIdKeyOf(blind, internetMessageId),
    subject,
    preview: previewOf(bodyHtml),
    bodyHtml,
    from,
    to,
    cc,
    sentAt,
    receivedAt: sentAt ?? now,
    hasAttachments: false, // the pane does not send any yet, nor these
    ...{ references: [], inReplyTo: null, sender: null, bcc: [], replyTo: [] },
    sighting: {
      key: `add-in:${person.userId}`,
      via: 'add-in',
      mailboxId: null,
      mailboxAddress: request.mailboxAddress.toLowerCase(),
      folderId: null,
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
