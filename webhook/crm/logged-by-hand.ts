import type { Email } from '../../models/email.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import type { Person } from '../http/ports.ts'
import type { SeenEmail } from '../store/email-store.ts'
import { identityOf, messageIdKeyOf, personalIdentityOf } from '../sync/decide/identity.ts'

const PREVIEW_CHARS = 255

export type KnownCopies = {
  /** The e-mail, when the person may see it already. */
  own: Email | null
  /** The e-mail under this Message-ID, whoever's it is. */
  any: Email | null
  now: Date
}

/** What the pane read, as an e-mail with the sighting "logged by hand". */
export function seenByHand(
  person: Person,
  request: LogEmailRequest,
  { own, any, now }: KnownCopies,
): SeenEmail {
  const { subject, bodyHtml, from, to, cc } = request
  const internetMessageId = request.internetMessageId ?? null
  const sentAt = request.sentAt ? new Date(request.sentAt) : null
  const facts = { internetMessageId, fromAddress: from?.address ?? null, sentAt, subject, bodyHtml }
  const identity =
    own?.identity ??
    (maySee(any, bodyHtml) ? identityOf(facts) : personalIdentityOf(person.userId, facts))
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
const maySee = (colleagues: Email | null, bodyHtml: string) =>
  colleagues === null || textOf(colleagues.bodyHtml) === textOf(bodyHtml)

/** The words of a body; markup differs between what Graph and what Office.js give. For comparing, never for showing. */
export const textOf = (html: string) =>
  html
    .replace(/<(style|script|head)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|\s/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
