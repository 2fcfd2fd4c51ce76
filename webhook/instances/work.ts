import type { AppContext } from '../context.ts'
import type { ClaimedFolder } from '../queue/folder-queue.ts'
import { runWorker } from '../queue/worker.ts'
import { runHousekeeping, type Chore } from '../sync/housekeeping.ts'
import { runFolder } from '../sync/run-folder.ts'
import { upkeepChores } from '../upkeep/upkeep.ts'

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
    const workers = Array.from({ length: config.sync.workers }, () => runWorker(worker, signal))
    this.awake = workers.length
    this.loops = workers.map((loop) => loop.finally(() => this.awake--))
    const everyMs = config.sync.housekeepingMs
    const regularly = { clock, everyMs, onError: events.housekeepingFailed }
    const heart = [() => context.heartbeat.beat()]
    this.loops.push(
      runHousekeeping({ ...regularly, chores: this.chores() }, signal),
      runHousekeeping({ ...regularly, chores: heart }, signal), // a slow chore must not stop it
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
    const onMailboxChanged = (mailboxId: string) => announcer.mailboxChanged(mailboxId)
    return [
      (signal) => subscriptions.renewDue(signal),
      (signal) => subscriptions.searchStrays(signal),
      () => sessions.sweepExpired(),
      () => announcements.sweep(),
      ...upkeepChores({ ...this.context, onMailboxChanged }),
    ]
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
