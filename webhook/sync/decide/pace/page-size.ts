import { SECOND } from '../../../duration.ts'

export type PageSizeLimits = { first: number; min: number; max: number }

/** What the last page told. */
export type PageFacts = { count: number; bytes: number; ms: number }

const QUICK_MS = 2 * SECOND
const SLOW_MS = 6 * SECOND
const LIGHT_BYTES = 4_000_000
const HEAVY_BYTES = 12_000_000

/**
 * Messages to ask for in the next page: twice as many after a full page that was quick and light, half as many after a
 * slow or heavy one. `size` 0 stands for a folder of which nothing is known yet.
 */
export function nextPageSize(size: number, page: PageFacts, limits: PageSizeLimits): number {
  const now = startingSize(size, limits)
  if (page.ms > SLOW_MS || page.bytes > HEAVY_BYTES) return Math.max(limits.min, now >> 1)
  const isFull = page.count >= now
  const hasRoom = page.ms <= QUICK_MS && page.bytes <= LIGHT_BYTES
  return isFull && hasRoom ? Math.min(limits.max, now * 2) : now
}

/** What to ask for first: what was learnt, within today's limits. */
export const startingSize = (size: number, { first, min, max }: PageSizeLimits): number =>
  Math.min(max, Math.max(min, size || first))

/** After a failure: perhaps the page was too much for whoever had to bring it. */
export const smallerSize = (size: number, limits: PageSizeLimits): number =>
  Math.max(limits.min, startingSize(size, limits) >> 1)
