import type { ProviderMessage } from '../../provider/provider.ts'
import type { SeenEmail } from '../../store/email-store.ts'
import { identityOf, messageIdKeyOf } from '../decide/identity.ts'
import type { PageContext } from './page-context.ts'

/** Names a message's sighting within its e-mail. */
export const sightingKeyOf = (mailboxId: string, messageId: string) =>
  `sync:${mailboxId}:${messageId}`

/** The e-mail as this mailbox's copy shows it, with the sighting it adds. */
export function seenEmail(
  { mailbox, folder, clock, keys }: Pick<PageContext, 'mailbox' | 'folder' | 'clock' | 'keys'>,
  message: ProviderMessage,
): SeenEmail {
  const { messageId, internetMessageId, references, inReplyTo, subject, preview } = message
  const { bodyHtml, from, sender, to, cc, bcc, replyTo, sentAt, receivedAt } = message
  return {
    ...{ internetMessageId, references, inReplyTo, subject, preview, bodyHtml },
    ...{ from, sender, to, cc, bcc, replyTo, sentAt, receivedAt },
    hasAttachments: message.hasAttachments,
    workspaceId: mailbox.workspaceId,
    identity: identityOf(keys.blind, { ...message, fromAddress: message.from?.address ?? null }),
    messageIdKey: messageIdKeyOf(keys.blind, message.internetMessageId),
    sighting: {
      key: sightingKeyOf(mailbox._id, messageId),
      via: 'sync',
      mailboxId: mailbox._id,
      folderId: folder._id,
      messageId,
      ownerUserId: mailbox.ownerUserId,
      since: clock.now(),
      ...{ mailboxAddress: null, byName: null },
    },
  }
}

/** About what a message weighs in the store: its text, and a little for each party. */
export function weightOf({ bodyHtml, subject, to, cc }: ProviderMessage): number {
  const parties = [...to, ...cc].reduce(
    (sum, { name, address }) => sum + name.length + address.length + 64,
    0,
  )
  return Buffer.byteLength(bodyHtml) + Buffer.byteLength(subject) + 4 * parties
}
