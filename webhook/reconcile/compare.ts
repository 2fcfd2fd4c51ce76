import type { Folder } from '../../models/folder.ts'
import type { MailProvider } from '../provider/provider.ts'
import type { LedgerRow, LedgerStore } from '../store/ledger-store.ts'
import { bucketOf, Buckets } from './buckets.ts'

export type Sides = {
  provider: Pick<MailProvider, 'messageIds'>
  ledger: Pick<LedgerStore, 'rowsIn'>
  folder: Pick<Folder, '_id' | 'providerFolderId'>
  /** Told between any two reads, as reading can take long. */
  stillHere: () => Promise<void>
}

/** Ids that one side alone has. */
export type Difference = {
  /** In the mailbox, and not in the ledger. */
  missing: string[]
  /** In the ledger, and not in the mailbox. */
  surplus: string[]
}

/** What the mailbox holds, by a path of its own: neither notifications nor the delta cursor are asked. */
export async function mailboxBuckets(
  { provider, folder, stillHere }: Sides,
  signal: AbortSignal,
): Promise<Buckets> {
  const buckets = new Buckets()
  for await (const ids of provider.messageIds(folder.providerFolderId, signal)) {
    for (const id of ids) buckets.add(id)
    await stillHere()
  }
  return buckets
}

/** What the ledger says the folder holds. Each batch of its rows is shown to `onRows`, so that one reading serves all. */
export async function ledgerBuckets(
  { ledger, folder, stillHere }: Sides,
  onRows: (rows: LedgerRow[]) => Promise<void>,
): Promise<Buckets> {
  const buckets = new Buckets()
  for await (const rows of ledger.rowsIn(folder._id)) {
    for (const { messageId } of rows) buckets.add(messageId)
    await onRows(rows)
    await stillHere()
  }
  return buckets
}

/** The ids that differ within these buckets. Only ids of these buckets are held in memory. */
export async function differenceWithin(
  { provider, ledger, folder, stillHere }: Sides,
  buckets: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<Difference> {
  const ofLedger = new Set<string>()
  for await (const rows of ledger.rowsIn(folder._id)) {
    for (const { messageId } of rows) if (buckets.has(bucketOf(messageId))) ofLedger.add(messageId)
    await stillHere()
  }
  const ofMailbox = new Set<string>()
  for await (const ids of provider.messageIds(folder.providerFolderId, signal)) {
    for (const id of ids) if (buckets.has(bucketOf(id))) ofMailbox.add(id)
    await stillHere()
  }
  return {
    missing: [...ofMailbox].filter((id) => !ofLedger.has(id)),
    surplus: [...ofLedger].filter((id) => !ofMailbox.has(id)),
  }
}
