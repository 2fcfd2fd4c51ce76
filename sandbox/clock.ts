import type { Clock } from '../webhook/clock.ts'

type Waiter = { at: number; order: number; wake: () => void }

/**
 * A clock that stands still until somebody advances it. Sleepers wake in the order of their time (first come, first
 * served at the same instant), so a run is the same each time.
 */
export class VirtualClock implements Clock {
  private nowMs: number
  private order = 0
  private waiters: Waiter[] = []

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
      const waiter: Waiter = { at: this.nowMs + Math.max(0, ms), order: this.order++, wake }
      this.waiters.push(waiter)
      signal?.addEventListener('abort', cancel, { once: true })
    })
  }

  /** When the next sleeper wakes, or null when nobody sleeps. */
  nextWakeAt(): Date | null {
    const next = this.earliest()
    return next ? new Date(next.at) : null
  }

  /**
   * Moves time forward by `ms`, waking each sleeper at its own instant. After each wake-up `settle` is awaited, so that
   * what it started (promises, loopback HTTP) has come to rest before time goes on.
   */
  async advance(ms: number, settle: () => Promise<void> = letPromisesRun): Promise<void> {
    const target = this.nowMs + ms
    await settle()
    for (let next = this.earliest(); next && next.at <= target; next = this.earliest()) {
      this.nowMs = Math.max(this.nowMs, next.at)
      this.waiters = this.waiters.filter((waiter) => waiter !== next)
      next.wake()
      await settle()
    }
    this.nowMs = target
    await settle()
  }

  private earliest(): Waiter | undefined {
    return this.waiters.reduce<Waiter | undefined>(
      (best, waiter) =>
        !best || waiter.at < best.at || (waiter.at === best.at && waiter.order < best.order)
          ? waiter
          : best,
      undefined,
    )
  }

  private cancel(waiter: Waiter): void {
    this.waiters = this.waiters.filter((other) => other !== waiter)
    waiter.wake()
  }
}

/** Lets every promise that can go on without new input or time do so. */
export async function letPromisesRun(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
