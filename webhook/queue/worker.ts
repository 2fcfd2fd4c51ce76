import { Lookout, type LookoutParts } from './lookout.ts'

export type WorkerParts<Claimed> = LookoutParts<Claimed> & {
  /** Settles what was claimed itself; throws only when it cannot, say because the store is down. */
  runOne: (claimed: Claimed, signal: AbortSignal) => Promise<void>
  onError: (error: unknown) => void
}

/** So many at work on one queue, each until told to stop. */
export function runWorkers<Claimed>(
  parts: WorkerParts<Claimed>,
  count: number,
  signal: AbortSignal,
): Promise<void>[] {
  const lookout = new Lookout(parts, signal)
  return Array.from({ length: count }, () => runWorker(parts, lookout, signal))
}

/** Takes what is due, one piece of work at a time. Trouble is reported and waited out, never fatal. */
async function runWorker<Claimed>(
  { queue, runOne, clock, pollMs, onError }: WorkerParts<Claimed>,
  lookout: Lookout<Claimed>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const claimed = (await queue.claim()) ?? (await lookout.next())
      if (claimed) await runOne(claimed, signal)
    } catch (error) {
      onError(error)
      await clock.sleep(pollMs, signal)
    }
  }
}
