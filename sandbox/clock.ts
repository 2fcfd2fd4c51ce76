import type { Clock } from '../webhook/clock.ts'
import { Sleepers } from './sleepers.ts'

/**
 * A clock that stands still until somebody advances it. Sleepers wake in the order of their time (first come, first
 * served at the same instant), so a run is the same each time.
 */
export class VirtualClock implements Clock {
  private nowMs: number
  private readonly sleepers = new Sleepers()

  constructor(start = '2026-11-20T09:00:00Z') {
    this.nowMs = Date.parse(start)
  }

  now(): Date {
    return new Date(this.nowMs)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const giveUp = () => {
        sleeper.isUp = true
        resolve()
      }
      const sleeper = this.sleepers.add(this.nowMs + Math.max(0, ms), () => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      })
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }

  /** When the next sleeper wakes, or null when nobody sleeps. */
  nextWakeAt(): Date | null {
    const next = this.sleepers.first()
    return next ? new Date(next.at) : null
  }

  /**
   * Moves time forward by `ms`, waking each sleeper at its own instant. After each wake-up `settle` is awaited, so that
   * what it started (promises, loopback HTTP) has come to rest before time goes on.
   */
  async advance(ms: number, settle: () => Promise<void> = letPromisesRun): Promise<void> {
    const target = this.nowMs + ms
    await settle()
    for (let next; (next = this.sleepers.first()) && next.at <= target;) {
      this.nowMs = Math.max(this.nowMs, next.at)
      this.sleepers.takeFirst()
      next.wake()
      await settle()
    }
    this.nowMs = target
    await settle()
  }
}

/** Lets every promise that can go on without new input or time do so. */
export async function letPromisesRun(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
