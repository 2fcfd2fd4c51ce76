import type { Clock } from '../clock.ts'

/** Repeatable, and safe beside other instances. */
export type Chore = (signal: AbortSignal) => Promise<unknown>

export type HousekeepingParts = {
  chores: Chore[]
  clock: Clock
  everyMs: number
  onError: (error: unknown) => void
}

/** What must happen now and then though nobody rings: renewals, expired sessions. */
export async function runHousekeeping(
  { chores, clock, everyMs, onError }: HousekeepingParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const chore of chores) await chore(signal).catch(onError)
    await clock.sleep(everyMs, signal)
  }
}
