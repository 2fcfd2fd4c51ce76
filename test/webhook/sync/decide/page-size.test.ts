import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { SECOND } from '../../../../webhook/duration.ts'
import {
  nextPageSize,
  smallerSize,
  startingSize,
  type PageFacts,
} from '../../../../webhook/sync/decide/pace/page-size.ts'

const limits = { first: 100, min: 25, max: 500 }
const page = (over: Partial<PageFacts> = {}): PageFacts => ({
  ...{ count: 100, bytes: 1_000_000, ms: 500 },
  ...over,
})

describe('the next page', () => {
  it.each<[string, number, PageFacts, number]>([
    ['is twice as large after a full one that was quick and light', 100, page(), 200],
    ['is never larger than the largest', 400, page({ count: 400 }), 500],
    ['stays as it is after one that was not full', 100, page({ count: 99 }), 100],
    ['stays as it is after one that took its time', 100, page({ ms: 3 * SECOND }), 100],
    ['stays as it is after one that weighed much', 100, page({ bytes: 5_000_000 }), 100],
    ['is half as large after a slow one', 100, page({ ms: 7 * SECOND }), 50],
    ['is half as large after a heavy one', 100, page({ bytes: 13_000_000 }), 50],
    ['is never smaller than the smallest', 30, page({ ms: 60 * SECOND }), 25],
    ['follows from the first size where nothing is known', 0, page(), 200],
  ])('%s', (_what, size, last, expected) => {
    expect(nextPageSize(size, last, limits)).toBe(expected)
  })

  it('lies within the limits, whatever the last one was', () => {
    const anyPage = fc.record({
      count: fc.nat(1_000),
      bytes: fc.nat(50_000_000),
      ms: fc.nat(100_000),
    })
    fc.assert(
      fc.property(fc.nat(1_000), anyPage, (size, last) => {
        const next = nextPageSize(size, last, limits)
        expect(next).toBeGreaterThanOrEqual(limits.min)
        expect(next).toBeLessThanOrEqual(limits.max)
      }),
    )
  })
})

describe('the first page of a pass', () => {
  it('is what was learnt, within today’s limits', () => {
    expect([0, 10, 300, 900].map((size) => startingSize(size, limits))).toEqual([100, 25, 300, 500])
  })

  it('is smaller after a failure', () => {
    expect([0, 30, 300].map((size) => smallerSize(size, limits))).toEqual([50, 25, 150])
  })
})
