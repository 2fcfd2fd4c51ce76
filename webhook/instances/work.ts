import { attachmentChores } from '../attachments/chores.ts'
import { fetchAttachments } from '../attachments/fetch-attachments.ts'
import type { AppContext } from '../context.ts'
import type { AttachmentWork } from '../../models/attachments/work.ts'
import type { WriteBack } from '../../models/write-back/write-back.ts'
import type { ClaimedFolder } from '../queue/folder-queue.ts'
import { runWorkers } from '../queue/worker.ts'
import { runHousekeeping, type Chore } from '../sync/housekeeping.ts'
import { runFolder } from '../sync/run-folder.ts'
import { upkeepChores } from '../upkeep/upkeep.ts'
import { writeBack } from '../write-back/write-back.ts'

/** E-mails whose attachments are fetched at the same time: fewer than a mailbox has places, so that new mail has its own. */
const ATTACHMENT_WORKERS = 2

/** Messages that are written to at the same time: a mailbox that is slow to answer holds up one of them. */
const WRITE_BACK_WORKERS = 2

/** Data keys moved to a new version in one go of the chores: a second's work, as renewals wait for it. */
const REWRAPPED_AT_ONCE = 5_000

/** What the service does by itself, until the signal aborts: passes over folders, and chores. */
export class Work {
  private readonly loops: Promise<void>[]
  private awake = 0

  constructor(
    private readonly context: AppContext,
    signal: AbortSignal,
  ) {
    const { config, clock, events } = context
    const worker = {
      ...context,
      pollMs: config.sync.pollMs,
      runOne: this.runOne,
      onError: events.workerFailed,
    }
    const workers = runWorkers(worker, config.sync.workers, signal)
    this.awake = workers.length
    this.loops = [
      ...workers.map((loop) => loop.finally(() => this.awake--)),
      ...runWorkers({ ...worker, ...this.attachments() }, ATTACHMENT_WORKERS, signal),
      ...runWorkers({ ...worker, ...this.writingBack() }, WRITE_BACK_WORKERS, signal),
    ]
    const everyMs = config.sync.housekeepingMs
    const regularly = { clock, everyMs, onError: events.housekeepingFailed }
    const heart = [() => context.heartbeat.beat()]
    this.loops.push(
      runHousekeeping({ ...regularly, chores: this.chores() }, signal),
      runHousekeeping({ ...regularly, chores: heart }, signal), // a slow chore must not stop it
      runHousekeeping(
        { ...regularly, chores: [...context.erasureChores, ...context.endingChores] },
        signal,
      ), // nor hold renewals up
    )
  }

  /** Whether anybody would take a folder that falls due. */
  get isGoingOn(): boolean {
    return this.awake > 0
  }

  /** Resolves when all of it has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.loops)
  }

  /** What must happen now and then though nobody rings, in this order. Each is repeatable and safe beside other instances. */
  private chores(): Chore[] {
    const { subscriptions, sessions, announcements, announcer } = this.context
    const { checkpoints, rotation, usages } = this.context
    const onMailboxChanged = (mailboxId: string) => announcer.mailboxChanged(mailboxId)
    return [
      (signal) => subscriptions.renewDue(signal),
      (signal) => subscriptions.searchStrays(signal),
      () => sessions.sweepExpired(),
      () => announcements.sweep(),
      () => usages.sweep(),
      () => checkpoints.takeDue(),
      (signal) => rotation.goOnEverywhere(REWRAPPED_AT_ONCE, signal),
      ...upkeepChores({ ...this.context, onMailboxChanged }),
      ...attachmentChores(this.context),
      ...this.context.contactChores,
      ...this.context.threadChores,
    ]
  }

  private attachments() {
    const { context } = this
    const { attachmentQueue: queue, config, events } = context
    const told = {
      onAttachmentsFailed: events.attachmentsFailed,
      onAttachmentSettled: events.attachmentSettled,
    }
    return {
      queue,
      pollMs: 4 * config.sync.pollMs,
      runOne: (work: AttachmentWork, signal: AbortSignal) =>
        fetchAttachments({ ...context, ...told }, work, signal),
    }
  }

  private writingBack() {
    const { context } = this
    const { writeBackQueue: queue, config, events, announcer } = context
    const told = {
      onWriteBackFailed: events.writeBackFailed,
      onMailboxChanged: (mailboxId: string) => announcer.mailboxChanged(mailboxId),
    }
    return {
      queue,
      pollMs: 4 * config.sync.pollMs,
      runOne: (work: WriteBack, signal: AbortSignal) =>
        writeBack({ ...context, ...told }, work, signal),
    }
  }

  private readonly runOne = async (claimed: ClaimedFolder, signal: AbortSignal) => {
    const { context } = this
    const { announcer, events, config, clock } = context
    const began = clock.now().getTime()
    await runFolder(
      {
        ...context,
        pageSize: config.sync.pageSize,
        safetyPollMs: config.sync.safetyPollMs,
        reconcileMs: config.sync.reconcileMs,
        onApplied: ({ mailbox, newEmailIds, messages }) => {
          events.pageApplied({ mailboxId: mailbox._id, messages, newEmails: newEmailIds.length })
          announcer.stored({ mailbox, newEmailIds })
        },
        onQuarantined: events.messageQuarantined,
        onProven: events.proven,
        onMailboxChanged: (mailboxId) => announcer.mailboxChanged(mailboxId),
        onFailed: events.folderFailed,
      },
      claimed,
      signal,
    )
    events.passEnded({ ms: clock.now().getTime() - began })
  }
}
