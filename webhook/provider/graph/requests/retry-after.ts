import { SECOND } from '../../../duration.ts'
import { MAX_RETRY_AFTER_MS } from '../limits.ts'

/**
 * Milliseconds to wait as `Retry-After` says: seconds (Graph sends fractions, too) or an HTTP date. Null when it is
 * absent or makes no sense, so that the caller backs off by its own measure (graph-contract 6.2).
 */
export function parseRetryAfter(value: string | null, now: Date): number | null {
  if (value === null || value.trim() === '') return null
  const seconds = Number(value)
  const ms = Number.isNaN(seconds) ? Date.parse(value) - now.getTime() : seconds * SECOND
  if (!Number.isFinite(ms) || ms < 0) return null
  return Math.min(ms, MAX_RETRY_AFTER_MS)
}

/** Our own measure: doubled with each strike in a row, from one second to ten minutes, shortened by up to a half by chance. */
export const backoffMs = (strikes: number, random: () => number): number =>
  Math.ceil(Math.min(SECOND * 2 ** (strikes - 1), MAX_RETRY_AFTER_MS) * (1 - random() / 2))
