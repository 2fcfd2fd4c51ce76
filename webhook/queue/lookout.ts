import type { Clock } from '../clock.ts'

export type LookoutParts<Claimed> = {
  queue: { claim(): Promise<Claimed | null> }
  clock: Clock
  pollMs: number
}

/**
 * Where workers wait that found nothing to do. One of them alone looks again and again; when it has found something the next
 * one looks at once, as more may have come. So waiting costs the database the same for many workers as for one.
 */
export class Lookout<Claimed> {
  private waiting = 0
  private last: Promise<void> = Promise.resolve()

  constructor(
    private readonly parts: LookoutParts<Claimed>,
    private readonly signal: AbortSignal,
  ) {}

  /** The next piece of work, for whoever has waited longest; null when told to stop. Throws what `claim` throws. */
  async next(): Promise<Claimed | null> {
    const { queue, clock, pollMs } = this.parts
    const isFirst = this.waiting++ === 0
    const ahead = this.last
    let leave = () => {}
    this.last = new Promise((resolve) => (leave = resolve))
    try {
      await ahead
      if (isFirst) await clock.sleep(pollMs, this.signal) // it has looked just now
      while (!this.signal.aborted) {
        const claimed = await queue.claim()
        if (claimed) return claimed
        await clock.sleep(pollMs, this.signal)
      }
      return null
    } finally {
      this.waiting--
      leave()
    }
  }
}
