import { NEVER } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import { HOUR } from '../duration.ts'
import { LeaseLostError } from '../errors.ts'
import type { ClaimedFolder } from '../queue/folder-queue.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { reconcileFolder, type ReconcileContext } from '../reconcile/reconcile-folder.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { restMs } from './decide/pace/give-way.ts'
import { HABIT_MESSAGES, habitOf, nextLook, rhythmAfter } from './decide/next-look.ts'
import { closeDeleted, isDeleted, isThere } from './folder-deleted.ts'
import type { Pass, SyncContext } from './pass.ts'
import { retryWaiting } from './retry-waiting.ts'
import { settleFailure } from './settle-failure.ts'
import { settleLeftBehind } from './settle-left-behind.ts'
import { makesRoom, syncFolder } from './sync-folder.ts'

export type RunContext = SyncContext &
  ReconcileContext & {
    mailboxes: MailboxStore
    subscriptions: Subscriptions
    safetyPollMs: number
    onMailboxChanged: (mailboxId: string) => void
    onFailed: (failure: { folderId: string; errorCode: string; error: unknown }) => void
  }

/** One claimed folder from claim to release; settles the lease itself. */
export async function runFolder(
  context: RunContext,
  { folder, lease }: ClaimedFolder,
  signal: AbortSignal,
): Promise<void> {
  const { mailboxes, queue, crash } = context
  crash('folder-claimed')
  const mailbox = await mailboxes.find(folder.mailboxId)
  if (!mailbox) return leave(queue, lease, NEVER)
  // A reconnect, or going on after a pause, makes the folder due again; unless who does it dies right after.
  if (!mayBeRead(mailbox)) return leave(queue, lease, lookAgainAt(context))
  const pass: Pass = { folder, lease, mailbox, found: 0, progressed: false }
  try {
    await runPass(context, pass, signal)
  } catch (error) {
    if (signal.aborted && !(error instanceof LeaseLostError)) return await queue.giveBack(lease)
    await settleFailure(context, pass, error)
    crash('pass-failed')
  } finally {
    context.onMailboxChanged(folder.mailboxId)
  }
}

/** Who disconnects a mailbox takes its folders from their workers. */
async function leave(
  queue: RunContext['queue'],
  lease: ClaimedFolder['lease'],
  dueAt: Date,
): Promise<void> {
  await queue.finish(lease, dueAt).catch((error: unknown) => {
    if (!(error instanceof LeaseLostError)) throw error
  })
}

/** Whether a mailbox may be read again costs one look-up and no request. */
const LOOK_AGAIN_MS = HOUR
const lookAgainAt = ({ clock }: RunContext) => new Date(clock.now().getTime() + LOOK_AGAIN_MS)

const mayBeRead = ({ status, paused }: Mailbox): boolean => status === 'connected' && !paused

async function runPass(context: RunContext, pass: Pass, signal: AbortSignal): Promise<void> {
  const { queue, clock, crash } = context
  const { lease, mailbox } = pass
  if (pass.folder.deletedAt && !(await isBack(context, pass, signal)))
    return queue.finish(lease, NEVER)
  const subscription = await context.subscriptions.ensure(pass.folder, mailbox, signal)
  const isFirstReading = !pass.folder.backfill.finishedAt
  const end = await syncOrClose(context, pass, signal)
  if (end === 'sliced') {
    const workedMs = clock.now().getTime() - lease.claimedAt.getTime()
    return queue.giveBack(lease, makesRoom(context, pass) ? restMs(workedMs) : 0)
  }
  if (end === 'closed') return queue.finish(lease, NEVER)
  if (pass.folder.isOrphaned) await settleLeftBehind(context, pass, signal)
  let retryAt = await retryWaiting(context, pass, signal)
  if (pass.folder.proofDueAt <= clock.now()) {
    await reconcile(context, pass, signal)
    if (pass.folder.cursor === null) return queue.giveBack(lease) // to be read from the start
    retryAt = await context.ledger.nextRetryAt(pass.folder._id)
  }
  const now = clock.now()
  const rhythm = isFirstReading
    ? habitOf(await context.ledger.newestReceived(pass.folder._id, HABIT_MESSAGES), now)
    : rhythmAfter(pass.folder.rhythm, pass.found > 0, now)
  const dueAt = nextLook({
    ...{ now, rhythm, safetyPollMs: context.safetyPollMs },
    pollEveryMinutes: mailbox.settings.pollEveryMinutes,
    subscribed: subscription !== 'refused',
    subscribeAt: subscription === 'queued' ? context.subscriptions.turnOf(pass.folder) : null,
    ...{ retryAt, proofDueAt: pass.folder.proofDueAt },
  })
  await queue.finish(lease, dueAt, rhythm)
  crash('pass-finished')
}

async function reconcile(context: RunContext, pass: Pass, signal: AbortSignal): Promise<void> {
  await reconcileFolder(context, pass, signal)
  pass.folder = (await context.folders.find(pass.folder._id)) ?? pass.folder
}

/** The mailbox has a folder again that it had deleted: read from the start, as its old cursor died with it. */
async function isBack(context: RunContext, pass: Pass, signal: AbortSignal): Promise<boolean> {
  if (!(await isThere(context, pass, signal))) return false
  await context.folders.deleted(pass.folder._id, null)
  const again = { backfillAgain: true, compareAfter: true }
  pass.folder = await context.queue.restart(pass.lease, again)
  return true
}

async function syncOrClose(
  context: RunContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<'done' | 'sliced' | 'closed'> {
  try {
    return await syncFolder(context, pass, signal)
  } catch (error) {
    if (!(await isDeleted(context, { pass, error }, signal))) throw error
    await closeDeleted(context, pass, signal)
    await context.subscriptions.end(pass.folder._id, pass.mailbox, signal)
    return 'closed'
  }
}
