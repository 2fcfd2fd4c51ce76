import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Random } from '../../../sandbox/random.ts'
import { MINUTE, SECOND } from '../../../webhook/duration.ts'
import { backoffMs } from '../../../webhook/queue/backoff.ts'

describe('the wait between two tries', () => {
  it('doubles from a second to ten minutes', () => {
    const longest = [0, 1, 2, 9, 10, 20, 1_000].map((attempts) => backoffMs(attempts, () => 1))
    expect(longest).toEqual([
      SECOND,
      2 * SECOND,
      4 * SECOND,
      512 * SECOND,
      10 * MINUTE,
      10 * MINUTE,
      10 * MINUTE,
    ])
  })

  it('is at least half of that, whatever chance says', () => {
    expect(backoffMs(0, () => 0)).toBe(SECOND / 2)
    expect(backoffMs(1_000, () => 0)).toBe(5 * MINUTE)
  })

  it('lies between half of its ceiling and all of it, however often was tried', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
        const wait = backoffMs(attempts, () => chance)
        const ceiling = backoffMs(attempts, () => 1)
        expect(wait).toBeGreaterThanOrEqual(ceiling / 2)
        expect(wait).toBeLessThanOrEqual(ceiling)
        expect(ceiling).toBeLessThanOrEqual(10 * MINUTE)
      }),
    )
  })

  it('keeps folders that failed together from coming back together', () => {
    const random = new Random(3)
    const waits = Array.from({ length: 100 }, () => backoffMs(6, () => random.next()))
    expect(new Set(waits).size).toBeGreaterThan(95)
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(20 * SECOND)
  })
})
