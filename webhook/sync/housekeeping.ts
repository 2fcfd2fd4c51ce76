import type { Clock } from '../clock.ts'
import { SECOND } from '../duration.ts'

export type HousekeepingParts = {
  /** Each is repeatable and safe beside other instances. */
  chores: ((signal: AbortSignal) => Promise<unknown>)[]
  clock: Clock
  onError: (error: unknown) => void
}

const EVERY_MS = 10 * SECOND

/** What must happen now and then though nobody rings: renewals, expired sessions. */
export async function runHousekeeping(
  { chores, clock, onError }: HousekeepingParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const chore of chores) await chore(signal).catch(onError)
    await clock.sleep(EVERY_MS, signal)
  }
}
