const TICK_MS = 20
/** Shorter gaps are the event loop's own. */
const GAP_MS = 100

/**
 * The time that this process had: a gap in which it neither ticked nor computed is the machine's, which stood still or
 * ran others. What our own code does without a pause counts, for it uses the processor.
 */
export class OwnTime implements Disposable {
  private lostMs = 0
  private tickedAt = performance.now()
  private cpu = process.cpuUsage()
  private readonly ticking = setInterval(() => this.tick(), TICK_MS)

  /** In milliseconds, from any beginning. */
  now(): number {
    this.tick()
    return performance.now() - this.lostMs
  }

  [Symbol.dispose](): void {
    clearInterval(this.ticking)
  }

  private tick(): void {
    const { user, system } = process.cpuUsage(this.cpu)
    const now = performance.now()
    const idleMs = now - this.tickedAt - (user + system) / 1_000
    if (idleMs > GAP_MS) this.lostMs += idleMs
    this.tickedAt = now
    this.cpu = process.cpuUsage()
  }
}
