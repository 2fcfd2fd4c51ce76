import type { Clock } from '../clock.ts'
import type { ClaimedFolder, FolderQueue } from './folder-queue.ts'

export type WorkerParts = {
  queue: FolderQueue
  /** Settles the folder itself; throws only when it cannot, say because the store is down. */
  runOne: (claimed: ClaimedFolder, signal: AbortSignal) => Promise<void>
  clock: Clock
  pollMs: number
  onError: (error: unknown) => void
}

/** Takes what is due, one folder at a time, until told to stop. Trouble is reported and waited out, never fatal. */
export async function runWorker(parts: WorkerParts, signal: AbortSignal): Promise<void> {
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
