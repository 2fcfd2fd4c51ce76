import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

/** Time comes in from outside: real in production, virtual in tests, so that hours run in milliseconds. */
export interface Clock {
  /** Now, in UTC. */
  now(): Date
  /** Resolves after `ms`; at once, and without an error, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const realClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => {
    // As many as sleep at once; Node would warn of a leak from the eleventh.
    if (signal) setMaxListeners(0, signal)
    return delay(Math.max(0, ms), undefined, signal ? { signal } : {}).catch((error: unknown) => {
      if (!signal?.aborted) throw error
    })
  },
}
