import type { Mailbox } from '../../models/mailbox.ts'
import { MINUTE, DAY } from '../duration.ts'
import type { ClaimedFolder } from '../queue/folder-queue.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { afterFailure } from './decide/after-failure.ts'
import { applyPage } from './apply-page.ts'
import { asChanges, compareIds, isEqual } from './prove-folder.ts'
import type { Subscriptions } from './subscriptions.ts'
import { syncFolder, type SyncContext } from './sync-folder.ts'

export type RunContext = SyncContext & {
  mailboxes: MailboxStore
  folders: FolderStore
  subscriptions: Subscriptions
  safetyPollMs: number
  random: () => number
  onMailboxChanged: (mailboxId: string) => void
  onFailed: (failure: { folderId: string; errorCode: string; error: unknown }) => void
}

/** A folder that nobody rings for, or whose proof failed, is asked this often. */
const ANXIOUS_POLL_MS = MINUTE
/** A proof counts for this long. */
const PROOF_LIFE_MS = DAY
/** "Not until something happens": a reconnect makes the folder due again. */
const NEVER = new Date('9999-01-01T00:00:00Z')

/** One claimed folder from claim to release; settles the lease itself. */
export async function runFolder(
  context: RunContext,
  claimed: ClaimedFolder,
  signal: AbortSignal,
): Promise<void> {
  const { mailboxes, queue, clock } = context
  const mailbox = await mailboxes.find(claimed.folder.mailboxId)
  if (mailbox?.status !== 'connected') return queue.finish(claimed.lease, NEVER)
  try {
    const subscribed = await context.subscriptions.ensure(claimed.folder, mailbox, signal)
    await syncFolder(context, { ...claimed, mailbox }, signal)
    const proven = await prove(context, { ...claimed, mailbox }, signal)
    const quietMs = subscribed && proven ? context.safetyPollMs : ANXIOUS_POLL_MS
    await queue.finish(claimed.lease, new Date(clock.now().getTime() + quietMs))
  } catch (error) {
    if (signal.aborted) return queue.giveBack(claimed.lease)
    await settle(context, claimed, error)
  } finally {
    context.onMailboxChanged(claimed.folder.mailboxId)
  }
}

/**
 * The id sets are compared after the backfill and then once a day. A difference is mended by the normal path and compared
 * again; false when even then the sets differ, say because mail is arriving right now.
 */
async function prove(
  context: RunContext,
  { folder, mailbox }: ClaimedFolder & { mailbox: Mailbox },
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, folders } = context
  const freshUntil = (folder.proof?.at.getTime() ?? 0) + PROOF_LIFE_MS
  if (folder.proof?.equal && clock.now().getTime() < freshUntil) return true
  const provider = context.providers.forMailbox(mailbox)
  const place = { folderId: folder._id, providerFolderId: folder.providerFolderId }
  const compare = () => compareIds({ ...context, provider }, place, signal)
  let difference = await compare()
  if (!isEqual(difference)) {
    await applyPage({ ...context, provider, mailbox, folder, signal }, asChanges(difference))
    difference = await compare()
  }
  const equal = isEqual(difference)
  const { missing, surplus } = difference
  await folders.saveProof(folder._id, {
    at: clock.now(),
    equal,
    missing: missing.length,
    surplus: surplus.length,
  })
  return equal
}

async function settle(context: RunContext, { folder, lease }: ClaimedFolder, error: unknown) {
  const { queue, clock, mailboxes } = context
  const after = afterFailure(error, folder.attempts, context.random)
  if (after.kind === 'leave') return
  context.onFailed({ folderId: folder._id, errorCode: after.errorCode, error })
  const now = clock.now().getTime()
  switch (after.kind) {
    case 'reconnect':
      await mailboxes.needsReconnect(folder.mailboxId, after.errorCode)
      // Due at once, and put off only by the next claim: were it put off here, a reconnect of just now would be lost.
      return queue.fail(lease, new Date(now), after.errorCode)
    case 'restart':
      await queue.restart(lease)
      return queue.fail(lease, new Date(now + after.inMs), after.errorCode)
    case 'retry':
      return queue.fail(lease, new Date(now + after.inMs), after.errorCode)
  }
}
