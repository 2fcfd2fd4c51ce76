import type { Clock } from '../clock.ts'

export type WorkerParts<Claimed> = {
  queue: { claim(): Promise<Claimed | null> }
  /** Settles what was claimed itself; throws only when it cannot, say because the store is down. */
  runOne: (claimed: Claimed, signal: AbortSignal) => Promise<void>
  clock: Clock
  pollMs: number
  onError: (error: unknown) => void
}

/** Takes what is due, one piece of work at a time, until told to stop. Trouble is reported and waited out, never fatal. */
export async function runWorker<Claimed>(
  parts: WorkerParts<Claimed>,
  signal: AbortSignal,
): Promise<void> {
  const { queue, runOne, clock, pollMs, onError } = parts
  while (!signal.aborted) {
    try {
      const claimed = await queue.claim()
      if (claimed) await runOne(claimed, signal)
      else await clock.sleep(pollMs, signal)
    } catch (error) {
      onError(error)
      await clock.sleep(pollMs, signal)
    }
  }
}
