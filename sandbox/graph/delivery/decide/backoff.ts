/**
 * The wait before the next attempt: doubling, never beyond `retryForMs` after the first attempt; null when that time
 * is used up (graph-contract 2.2: up to 4 h, exponential).
 */
export function nextRetryMs(
  { attempt, sinceFirstMs }: { attempt: number; sinceFirstMs: number },
  { retryBaseMs, retryForMs }: { retryBaseMs: number; retryForMs: number },
): number | null {
  const left = retryForMs - sinceFirstMs
  if (left <= 0) return null
  return Math.min(retryBaseMs * 2 ** (attempt - 1), left)
}
