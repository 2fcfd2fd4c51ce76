import type { ProviderMessage } from '../../provider/provider.ts'
import type { SeenEmail } from '../../store/email-store.ts'
import { identityOf, messageIdKeyOf } from '../decide/identity.ts'
import type { PageContext } from './page-context.ts'

/** Names a message's sighting within its e-mail. */
export const sightingKeyOf = (mailboxId: string, messageId: string) =>
  `sync:${mailboxId}:${messageId}`

/** The e-mail as this mailbox's copy shows it, with the sighting it adds. */
export function seenEmail(
  { mailbox, folder, clock }: Pick<PageContext, 'mailbox' | 'folder' | 'clock'>,
  message: ProviderMessage,
): SeenEmail {
  const { messageId, providerFolderId: _folder, isDraft: _draft, ...content } = message
  return {
    ...content,
    workspaceId: mailbox.workspaceId,
    identity: identityOf({ ...message, fromAddress: message.from?.address ?? null }),
    messageIdKey: messageIdKeyOf(message.internetMessageId),
    sighting: {
      key: sightingKeyOf(mailbox._id, messageId),
      via: 'sync',
      mailboxId: mailbox._id,
      mailboxAddress: mailbox.address,
      folderId: folder._id,
      folderName: folder.displayName,
      messageId,
      ownerUserId: mailbox.ownerUserId,
      byName: null,
      since: clock.now(),
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
