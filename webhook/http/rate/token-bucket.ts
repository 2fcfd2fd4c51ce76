/** So many at once, and after that so many a minute. */
export type Quota = { burst: number; perMinute: number }

/** How full a bucket was when it was last looked at. */
export type Bucket = { tokens: number; at: number }

/** `waitMs` is 0 when the request may go ahead, else the time until one may. */
export type Drawn = { bucket: Bucket; waitMs: number }

const MINUTE_MS = 60_000

/** Draws one token. A bucket that nobody has seen yet is full; a clock that was set back takes nothing away. Pure. */
export function draw(bucket: Bucket | undefined, quota: Quota, now: number): Drawn {
  const perMs = quota.perMinute / MINUTE_MS
  const elapsed = bucket ? Math.max(0, now - bucket.at) : 0
  const tokens = bucket ? Math.min(quota.burst, bucket.tokens + elapsed * perMs) : quota.burst
  if (tokens >= 1) return { bucket: { tokens: tokens - 1, at: now }, waitMs: 0 }
  return { bucket: { tokens, at: now }, waitMs: Math.ceil((1 - tokens) / perMs) }
}
