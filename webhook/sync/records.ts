import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { ProviderMessage } from '../provider/provider.ts'
import { emailIdOf, type SeenEmail } from '../store/email-store.ts'
import type { Account } from '../store/ledger-store.ts'
import { identityOf, messageIdKeyOf } from './decide/identity.ts'
import type { ReasonCode } from './decide/reasons.ts'
import { RULE_VERSION } from './decide/verdict.ts'

type Place = { mailbox: Mailbox; folder: Folder }

/** The parts every account of a message in this folder shares. */
export const accountOf = (
  { mailbox, folder }: Place,
  { messageId, receivedAt }: { messageId: string; receivedAt: Date | null },
) => ({
  workspaceId: mailbox.workspaceId,
  mailboxId: mailbox._id,
  folderId: folder._id,
  messageId,
  receivedAt,
  ruleVersion: RULE_VERSION,
  emailId: null,
})

export const excludedAccount = (
  place: Place,
  message: ProviderMessage,
  reason: ReasonCode,
): Account => ({ ...accountOf(place, message), state: 'excluded', reason })

/** The e-mail as this mailbox's copy shows it, with the sighting it adds and the account that goes with it. */
export function seenEmail(
  place: Place,
  message: ProviderMessage,
  now: Date,
): { email: SeenEmail; account: Account } {
  const { mailbox, folder } = place
  const { messageId, providerFolderId: _folder, isDraft: _draft, ...content } = message
  const identity = identityOf({ ...message, fromAddress: message.from?.address ?? null })
  const email: SeenEmail = {
    ...content,
    workspaceId: mailbox.workspaceId,
    identity,
    messageIdKey: messageIdKeyOf(message.internetMessageId),
    sighting: {
      key: `sync:${mailbox._id}:${messageId}`,
      via: 'sync',
      mailboxId: mailbox._id,
      mailboxAddress: mailbox.address,
      folderId: folder._id,
      folderName: folder.displayName,
      messageId,
      ownerUserId: mailbox.ownerUserId,
      byName: null,
      since: now,
    },
  }
  const emailId = emailIdOf(mailbox.workspaceId, identity)
  return {
    email,
    account: { ...accountOf(place, message), state: 'stored', reason: 'new', emailId },
  }
}
