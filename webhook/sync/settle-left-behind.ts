import { applyIn, type Pass, type SyncContext } from './pass.ts'

const APPLIED_AT_ONCE = 50

/**
 * After a worker lost this folder amid its work, and what it had not finished was read again: asks for all that it stored, that no
 * account names, and that did not come again. So it left before the folder was read, and Graph need not tell.
 */
export async function settleLeftBehind(
  context: SyncContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<void> {
  const { sightings, ledger, queue } = context
  const { mailbox, folder, lease } = pass
  for await (const messageIds of sightings.seenInFolder(mailbox, folder._id)) {
    await queue.extend(lease)
    const known = await ledger.known(mailbox._id, messageIds)
    const unknown = messageIds.filter((messageId) => !known.has(messageId))
    for (let at = 0; at < unknown.length; at += APPLIED_AT_ONCE) {
      const suspects = unknown.slice(at, at + APPLIED_AT_ONCE)
      const changes = suspects.map((messageId) => ({ kind: 'removed' as const, messageId }))
      await applyIn(context, pass, { changes, via: 'delta', signal })
    }
  }
  pass.folder = await queue.accountedFor(lease)
}
