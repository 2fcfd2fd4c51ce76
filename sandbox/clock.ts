import type { Clock } from '../webhook/clock.ts'

type Waiter = { at: number; wake: () => void }

/**
 * A clock that stands still until somebody advances it. Sleepers wake in the order of their time (first come, first
 * served at the same instant), so a run is the same each time.
 */
export class VirtualClock implements Clock {
  private nowMs: number
  /** In the order in which they wake. */
  private readonly waiters: Waiter[] = []

  constructor(start = '2026-11-20T09:00:00Z') {
    this.nowMs = Date.parse(start)
  }

  now(): Date {
    return new Date(this.nowMs)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = () => this.cancel(waiter)
      const wake = () => {
        signal?.removeEventListener('abort', cancel)
        resolve()
      }
      const waiter: Waiter = { at: this.nowMs + Math.max(0, ms), wake }
      this.waiters.splice(this.placeOf(waiter), 0, waiter)
      signal?.addEventListener('abort', cancel, { once: true })
    })
  }

  /** When the next sleeper wakes, or null when nobody sleeps. */
  nextWakeAt(): Date | null {
    const [next] = this.waiters
    return next ? new Date(next.at) : null
  }

  /**
   * Moves time forward by `ms`, waking each sleeper at its own instant. After each wake-up `settle` is awaited, so that
   * what it started (promises, loopback HTTP) has come to rest before time goes on.
   */
  async advance(ms: number, settle: () => Promise<void> = letPromisesRun): Promise<void> {
    const target = this.nowMs + ms
    await settle()
    for (let next = this.waiters[0]; next && next.at <= target; next = this.waiters[0]) {
      this.nowMs = Math.max(this.nowMs, next.at)
      this.waiters.shift()
      next.wake()
      await settle()
    }
    this.nowMs = target
    await settle()
  }

  /** After all that wake no later: thirty thousand may sleep at once, so it is looked for by halves. */
  private placeOf({ at }: Waiter): number {
    let [low, high] = [0, this.waiters.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.waiters[middle]
      if (other && other.at <= at) low = middle + 1
      else high = middle
    }
    return low
  }

  private cancel(waiter: Waiter): void {
    const place = this.waiters.indexOf(waiter)
    if (place >= 0) this.waiters.splice(place, 1)
    waiter.wake()
  }
}

/** Lets every promise that can go on without new input or time do so. */
export async function letPromisesRun(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
