import type { RequestHandler } from 'express'
import type { Clock } from '../../clock.ts'
import { TooManyRequestsError } from '../../errors.ts'
import { signedIn } from '../authenticate.ts'
import { draw, type Bucket, type Quota } from './token-bucket.ts'

/** Whoever was away longest is forgotten first, and comes back to a full bucket: a hundred bytes each. */
const MOST_KEYS = 100_000

/** Buckets by key. Of one process: so many instances, so many times the quota at most. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>()

  constructor(private readonly parts: { quota: Quota; clock: Clock }) {}

  /** Milliseconds to wait; 0: go ahead. */
  take(key: string): number {
    const { quota, clock } = this.parts
    const { bucket, waitMs } = draw(this.buckets.get(key), quota, clock.now().getTime())
    this.buckets.delete(key) // so that the map is in the order of last use
    this.buckets.set(key, bucket)
    const [longestAway] = this.buckets.keys()
    if (this.buckets.size > MOST_KEYS && longestAway !== undefined) this.buckets.delete(longestAway)
    return waitMs
  }
}

/** By person, whom nobody can pretend to be; what a request says of its address counts for nothing (reliability I8). */
export function limitRate(limiter: RateLimiter): RequestHandler {
  return (_request, response, next) => {
    const { workspaceId, userId } = signedIn(response)
    const waitMs = limiter.take(`${workspaceId}/${userId}`)
    if (waitMs > 0) throw new TooManyRequestsError(waitMs)
    next()
  }
}
