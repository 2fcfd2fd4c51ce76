import type { Folder } from '../../models/folder.ts'
import { MINUTE } from '../duration.ts'
import type { PageProgress } from '../queue/folder-queue.ts'
import { applyIn, type Pass, type SyncContext } from './pass.ts'

/** A bell rings some time after the mail was received; what is older waits for the round. */
const BELLS_ARE_LATE_MS = 15 * MINUTE
const AT_MOST = 100

/**
 * Lets new mail overtake a round that is still running: once for each bell, asks for the newest, and leaves the cursor
 * where it is. What is missed here the round brings. A round that begins now brings everything that has rung so far.
 */
export async function overtake(
  context: SyncContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<PageProgress['peeked']> {
  const { folder, lease, mailbox } = pass
  if (!folder.midRound) return { seq: lease.seqAtClaim, at: null }
  if (folder.dirtySeq <= folder.peekedSeq) return undefined
  const at = context.clock.now()
  const newest = await context.providers.forMailbox(mailbox).newest(requestFor(folder, at), signal)
  const changes = newest.filter(({ kind }) => kind === 'present')
  await applyIn(context, pass, { changes, via: 'notification', signal })
  context.crash('peek-applied')
  return { seq: folder.dirtySeq, at }
}

const requestFor = ({ providerFolderId, rangAt }: Folder, now: Date) => ({
  providerFolderId,
  since: new Date(Math.min(rangAt.getTime(), now.getTime()) - BELLS_ARE_LATE_MS),
  atMost: AT_MOST,
})
