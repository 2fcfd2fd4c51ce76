import type { LedgerRoute } from '../../models/ledger-entry.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { SightingStore } from '../store/sighting-store.ts'
import { applyIn, type Pass, type SyncContext } from './pass.ts'

const APPLIED_AT_ONCE = 50

type Reading = {
  sightings: Pick<SightingStore, 'seenInFolder'>
  ledger: Pick<LedgerStore, 'named'>
  /** Told between any two reads, as reading can take long. */
  stillHere: () => Promise<void>
}

/** Messages as which e-mails were seen in this folder, and which no account names: nobody could say why those are here. */
export async function* unnamed(
  { sightings, ledger, stillHere }: Reading,
  { mailbox, folder }: Pick<Pass, 'mailbox' | 'folder'>,
): AsyncGenerator<string[]> {
  for await (const messageIds of sightings.seenInFolder(folder._id)) {
    await stillHere()
    const named = await ledger.named(mailbox._id, messageIds)
    yield messageIds.filter((messageId) => !named.has(messageId))
  }
}

/** Gives each of them an account, and asks for it as for all that is said to have left. */
export async function accountFor(
  context: SyncContext,
  pass: Pass,
  { messageIds, via, signal }: { messageIds: string[]; via: LedgerRoute; signal: AbortSignal },
): Promise<void> {
  for (let at = 0; at < messageIds.length; at += APPLIED_AT_ONCE) {
    const suspects = messageIds.slice(at, at + APPLIED_AT_ONCE)
    const changes = suspects.map((messageId) => ({ kind: 'removed' as const, messageId }))
    await applyIn(context, pass, { changes, via, signal })
  }
}

/**
 * After a worker lost this folder amid its work, and what it had not finished was read again: asks for all that it stored, that no
 * account names, and that did not come again. So it left before the folder was read, and Graph need not tell.
 */
export async function settleLeftBehind(
  context: SyncContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<void> {
  const { queue } = context
  const { lease } = pass
  const stillHere = () => queue.extend(lease)
  for await (const messageIds of unnamed({ ...context, stillHere }, pass))
    await accountFor(context, pass, { messageIds, via: 'delta', signal })
  pass.folder = await queue.accountedFor(lease)
}
