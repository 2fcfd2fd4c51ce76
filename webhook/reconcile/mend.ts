import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Clock } from '../clock.ts'
import type { MessageChange } from '../provider/provider.ts'
import type { FolderQueue, Lease } from '../queue/folder-queue.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import { sightingKeyOf } from '../store/emails/sighting-key.ts'
import type { Difference } from './compare.ts'

/** Messages whose account is not true, or whose e-mail is lost, are open again: from now on the ledger says that they wait. Only while the lease holds. */
export async function reopen(
  { ledger, queue, clock }: { ledger: LedgerStore; queue: FolderQueue; clock: Clock },
  { mailbox, lease }: { mailbox: Mailbox; lease: Lease },
  messageIds: string[],
): Promise<void> {
  if (messageIds.length === 0) return
  await queue.extend(lease)
  const at = clock.now()
  const entries = await ledger.known(mailbox._id, messageIds)
  const writes = [...entries.values()].map((was) => {
    const { _id, rev, history: _history, seenAt: _seen, decidedAt: _decided, ...account } = was
    return {
      was: { _id, rev },
      account: {
        ...account,
        state: 'pending' as const,
        reason: 'waiting',
        emailId: null,
        attempts: 0,
        retryAt: at,
      },
      events: [
        {
          at,
          kind: 'decided' as const,
          via: 'reconcile' as const,
          reason: 'waiting',
          ruleVersion: account.ruleVersion,
          folderId: account.folderId,
        },
      ],
      at,
    }
  })
  await ledger.write(writes)
}

/** E-mails are told again in which folder these messages lie, unless they left it meanwhile. Only while the lease holds. */
export async function straighten(
  { ledger, emails, queue }: { ledger: LedgerStore; emails: EmailStore; queue: FolderQueue },
  { mailbox, folder, lease }: { mailbox: Mailbox; folder: Folder; lease: Lease },
  messageIds: string[],
): Promise<void> {
  if (messageIds.length === 0) return
  await queue.extend(lease)
  const entries = [...(await ledger.known(mailbox._id, messageIds)).values()]
  await emails.moveSightings(
    entries
      .filter(({ folderId }) => folderId === folder._id)
      .map(({ emailId, messageId }) => ({
        emailId: emailId ?? '',
        key: sightingKeyOf(mailbox._id, messageId),
        folderId: folder._id,
      })),
  )
}

/**
 * The difference as a page of changes, so that mending is a normal pass: messages that are unknown or open are asked for,
 * those that vanished are suspects.
 */
export const asChanges = ({ missing, surplus }: Difference): MessageChange[] => [
  ...missing.map((messageId) => ({ kind: 'sparse' as const, messageId })),
  ...surplus.map((messageId) => ({ kind: 'removed' as const, messageId })),
]
