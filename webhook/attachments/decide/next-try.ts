import { HOUR, MINUTE, SECOND } from '../../duration.ts'

const SOONEST_MS = 15 * SECOND
const LATEST_MS = 6 * HOUR
const SCAN_SOONEST_MS = MINUTE
const SCAN_LATEST_MS = HOUR

/** How long to wait after so many tries in a row that came to nothing; as long as the provider asks for at least. */
export function retryMs(
  attempts: number,
  { askedMs, random }: { askedMs: number; random: () => number },
): number {
  const ms = Math.min(LATEST_MS, SOONEST_MS * 2 ** Math.min(attempts, 20))
  return Math.max(askedMs, Math.round(ms * (0.5 + random() / 2)))
}

/** How long to wait for a virus scanner that so many looks found at work. Mostly it takes some minutes. */
export const scanMs = (scans: number): number =>
  Math.min(SCAN_LATEST_MS, SCAN_SOONEST_MS * 2 ** Math.min(scans, 20))
