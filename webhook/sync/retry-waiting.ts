import { applyIn, type Pass, type SyncContext } from './pass.ts'

/** More wait for the next pass, which is due at once then. */
const AT_ONCE = 50

/** Tries messages again that could not be stored before, by the way of a normal page. */
export async function retryWaiting(
  context: SyncContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<void> {
  const due = await context.ledger.waitingDue(pass.folder._id, context.clock.now(), AT_ONCE)
  if (due.length === 0) return
  const changes = due.map(({ messageId }) => ({ kind: 'sparse' as const, messageId }))
  await applyIn(context, pass, { changes, via: 'delta', signal })
}
