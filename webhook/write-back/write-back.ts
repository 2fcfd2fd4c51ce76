import type { Mailbox } from '../../models/mailbox.ts'
import type { WriteBack } from '../../models/write-back/write-back.ts'
import type { Clock } from '../clock.ts'
import type { CrashHook } from '../crash-points.ts'
import { HOUR, MINUTE, SECOND } from '../duration.ts'
import { AppError, ProviderError } from '../errors.ts'
import type { Providers } from '../provider/provider.ts'
import { backoffMs } from '../queue/backoff.ts'
import type { WorkEnd } from '../queue/work-queue.ts'
import { troubleOf } from '../sign-in/decide/trouble.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { SightingStore } from '../store/sighting-store.ts'
import { changeOf } from './decide/change.ts'
import type { WriteBackQueue } from './write-back-queue.ts'

/** What the rules of a mailbox say of it. */
export type Directions = {
  rulesOf(mailbox: Mailbox): Promise<{ direction: 'one-way' | 'two-way' }>
}

/** What writing back needs. */
export type WriteBackContext = {
  writeBackQueue: WriteBackQueue
  mailboxes: MailboxStore
  sightings: SightingStore
  policies: Directions
  providers: Providers
  clock: Clock
  random: () => number
  crash: CrashHook
  onWriteBackFailed: (failure: { mailboxId: string; errorCode: string; error: unknown }) => void
  onMailboxChanged: (mailboxId: string) => void
}

type End = WorkEnd<WriteBack>

/** A mailbox that may not be asked now, or not be written to, is tried again after this; sooner when somebody mends it. */
const UNREACHABLE_MS = HOUR
/** So long history leaves a mailbox alone whose requests are needed for reading. */
const GIVE_WAY_MS = 5 * MINUTE
/** History may use this part of what a mailbox can be asked. */
const SHARE_FOR_HISTORY = 0.5
/** Exchange is still at work on what has just come (graph-contract 4.3): so often, so soon. */
const BUSY_TRIES = 5
const BUSY_MS = 1.5 * SECOND

const SETTLED: End = { dueAt: null, attempts: 0, lastErrorCode: null }

/**
 * Makes one message in its mailbox show what the CRM has, and settles its work. It is looked at before it is written to, so a
 * try that dies anywhere is simply made again and finds what it has done.
 */
export async function writeBack(
  context: WriteBackContext,
  work: WriteBack,
  signal: AbortSignal,
): Promise<void> {
  const { writeBackQueue, clock, crash } = context
  crash('write-back-claimed')
  try {
    const end = await tryOnce(context, work, signal)
    if (end !== 'left' || !(await writeBackQueue.forget(work)))
      await writeBackQueue.end(work, end === 'left' ? { ...SETTLED, markedAt: null } : end)
    crash('write-back-settled')
  } catch (error) {
    if (signal.aborted) return writeBackQueue.end(work, { dueAt: clock.now() })
    await writeBackQueue.end(work, await afterFailure(context, work, error))
  }
}

/** `left`: the message is not in the CRM any more, or not in the mailbox, and bears no mark of ours. */
async function tryOnce(
  context: WriteBackContext,
  work: WriteBack,
  signal: AbortSignal,
): Promise<End | 'left'> {
  const { mailboxes, policies, clock } = context
  const mailbox = await mailboxes.find(work.mailboxId)
  if (!mailbox || mailbox.status === 'disconnected') return 'left'
  if ((await policies.rulesOf(mailbox)).direction === 'one-way') {
    if (mailbox.writeRefused) await allowed(context, mailbox)
    return SETTLED
  }
  const restMs = restFor(context, mailbox, work)
  if (restMs > 0) {
    const dueAt = new Date(clock.now().getTime() + restMs)
    await context.writeBackQueue.rest(mailbox._id, dueAt)
    return { dueAt }
  }
  return write(context, { mailbox, work }, signal)
}

/** How long a mailbox is left alone; 0: not at all. */
function restFor(
  { providers }: WriteBackContext,
  mailbox: Mailbox,
  { isFresh }: WriteBack,
): number {
  if (mailbox.status !== 'connected' || mailbox.paused) return UNREACHABLE_MS
  const { used, most } = providers.load?.(mailbox) ?? { used: 0, most: 1 }
  return !isFresh && used > most * SHARE_FOR_HISTORY ? GIVE_WAY_MS : 0
}

async function write(
  context: WriteBackContext,
  { mailbox, work }: { mailbox: Mailbox; work: WriteBack },
  signal: AbortSignal,
): Promise<End | 'left'> {
  const { sightings, providers, clock, crash } = context
  const { messageId, markedAt, isRead } = work
  const provider = providers.forMailbox(mailbox, 'write')
  const now = await provider.marks(messageId, signal)
  if (!now) return 'left'
  const isInCrm = (await sightings.seenAs(work, [messageId])).length > 0
  const change = changeOf(now, { isInCrm, wasMarked: markedAt !== null, wishedRead: isRead })
  if (change) await provider.mark(messageId, { version: now.version, ...change }, signal)
  crash('write-back-written')
  if (mailbox.writeRefused) await allowed(context, mailbox)
  return isInCrm ? { ...SETTLED, markedAt: markedAt ?? clock.now() } : 'left'
}

async function allowed({ mailboxes, onMailboxChanged }: WriteBackContext, { _id }: Mailbox) {
  await mailboxes.mayBeWritten(_id)
  onMailboxChanged(_id)
}

/** What is wrong with the mailbox concerns all of its messages; anything else this one alone. */
async function afterFailure(
  context: WriteBackContext,
  { mailboxId, attempts }: WriteBack,
  error: unknown,
): Promise<End> {
  const { writeBackQueue, mailboxes, clock, random, onWriteBackFailed, onMailboxChanged } = context
  const errorCode = error instanceof AppError ? error.code : 'internal'
  onWriteBackFailed({ mailboxId, errorCode, error })
  const later = (ms: number) => new Date(clock.now().getTime() + ms)
  const failed = { attempts: attempts + 1, lastErrorCode: errorCode }
  const trouble = error instanceof ProviderError ? troubleOf(error) : null
  if (trouble) {
    await mailboxes.writeRefused(mailboxId, trouble.code, clock.now())
    onMailboxChanged(mailboxId)
    await writeBackQueue.rest(mailboxId, later(UNREACHABLE_MS))
    return { ...failed, dueAt: later(UNREACHABLE_MS) }
  }
  if (errorCode === 'conflict' && attempts < BUSY_TRIES) return { ...failed, dueAt: later(BUSY_MS) }
  const askedMs = error instanceof ProviderError ? (error.details.retryAfterMs ?? 0) : 0
  if (askedMs > 0) await writeBackQueue.rest(mailboxId, later(askedMs))
  return { ...failed, dueAt: later(Math.max(askedMs, backoffMs(attempts, random))) }
}
