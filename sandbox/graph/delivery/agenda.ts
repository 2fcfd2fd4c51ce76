import type { Clock } from '../../../webhook/clock.ts'

type Task = { isAsleep: boolean; stop: AbortController }

/** What is to be done later, so that a test can ask what is going on now and what still waits for time. */
export class Agenda {
  private readonly tasks = new Set<Task>()

  constructor(private readonly clock: Clock) {}

  /** Runs `work` after `ms` of the clock, at the end of this turn when that is 0. `work` must not reject. */
  after(ms: number, work: () => Promise<void> | void): void {
    const task: Task = { isAsleep: ms > 0, stop: new AbortController() }
    this.tasks.add(task)
    void this.run(task, ms, work)
  }

  /** How many tasks wait for time to pass. */
  waiting(): number {
    return [...this.tasks].filter(({ isAsleep }) => isAsleep).length
  }

  /** Resolves when nothing is under way. What is under way must not itself wait for a virtual clock. */
  async idle(): Promise<void> {
    // One turn at least: a task that the clock has just woken needs it to begin.
    do await new Promise((resolve) => setImmediate(resolve))
    while ([...this.tasks].some(({ isAsleep }) => !isAsleep))
  }

  /** Forgets everything that has not begun. */
  close(): void {
    for (const { stop } of this.tasks) stop.abort()
  }

  private async run(task: Task, ms: number, work: () => Promise<void> | void): Promise<void> {
    await (ms > 0 ? this.clock.sleep(ms, task.stop.signal) : Promise.resolve())
    task.isAsleep = false
    if (!task.stop.signal.aborted) await work()
    this.tasks.delete(task)
  }
}
