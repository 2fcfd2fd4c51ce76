import type { MailProvider, MessageChange } from '../provider/provider.ts'
import type { LedgerStore } from '../store/ledger-store.ts'

export type Difference = {
  /** The mailbox has it, the ledger does not. */
  missing: string[]
  /** The ledger says it is here, the mailbox does not. */
  surplus: string[]
}

/**
 * Compares the ids the mailbox holds in a folder with those the ledger holds, by a path of its own: it uses neither
 * notifications nor the delta cursor. Graph and ledger are read one after the other, so mail that moves meanwhile shows
 * up as a difference once; a repair through the normal path settles it.
 */
export async function compareIds(
  { provider, ledger }: { provider: MailProvider; ledger: LedgerStore },
  { folderId, providerFolderId }: { folderId: string; providerFolderId: string },
  signal: AbortSignal,
): Promise<Difference> {
  const surplus = await ledger.idsIn(folderId)
  const missing: string[] = []
  for await (const ids of provider.messageIds(providerFolderId, signal))
    for (const id of ids) if (!surplus.delete(id)) missing.push(id)
  return { missing, surplus: [...surplus] }
}

export const isEqual = ({ missing, surplus }: Difference): boolean =>
  missing.length + surplus.length === 0

/** The difference as changes, so that repair is the normal pass: unknown ids are fetched, vanished ones are asked about. */
export const asChanges = ({ missing, surplus }: Difference): MessageChange[] => [
  ...missing.map((messageId) => ({ kind: 'sparse' as const, messageId })),
  ...surplus.map((messageId) => ({ kind: 'removed' as const, messageId })),
]
