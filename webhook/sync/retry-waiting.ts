import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { Limit } from './decide/verdict.ts'
import { applyIn, type Pass, type SyncContext } from './pass.ts'

/** More wait for the next pass, which is due at once then. */
const AT_ONCE = 50

/**
 * Tries messages again that could not be stored before, by the way of a normal page. The answer is when the next of them
 * is due; null: none waits.
 */
export async function retryWaiting(
  context: SyncContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<Date | null> {
  const { ledger, clock } = context
  const folderId = pass.folder._id
  const next = await ledger.nextRetryAt(folderId)
  if (next === null || next > clock.now()) return next
  const due = await ledger.waitingDue(folderId, clock.now(), AT_ONCE)
  const tried = await thoseWithRoom(context, pass, due)
  const changes = tried.map(({ messageId }) => ({ kind: 'sparse' as const, messageId }))
  await applyIn(context, pass, { changes, via: 'delta', signal })
  return ledger.nextRetryAt(folderId)
}

const LIMITS: readonly string[] = ['daily-limit', 'storage-limit'] satisfies Limit[]

/** Asking for what finds no room again would be a request for nothing: the rest of it is put off, all at once. */
async function thoseWithRoom(
  { ledger, policies, room, clock }: SyncContext,
  { folder, mailbox }: Pass,
  due: LedgerEntry[],
): Promise<LedgerEntry[]> {
  const forRoom = due.filter(({ reason }) => LIMITS.includes(reason))
  if (forRoom.length === 0 || !room.isLimited) return due
  const { timeZone } = await policies.rulesOf(mailbox)
  const at = clock.now()
  const { left, full } = await room.left({ workspaceId: mailbox.workspaceId, timeZone, at })
  if (full) await ledger.putOff(folder._id, LIMITS, { now: at, until: full.tryAgainAt })
  const others = due.filter((entry) => !forRoom.includes(entry))
  return [...others, ...forRoom.slice(0, left)]
}
