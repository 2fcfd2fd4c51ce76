import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { delayOf, type DelayFacts } from '../../../../webhook/sync/decide/delay.ts'
import { NOW } from '../../../support/builders.ts'

const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)
const facts = (over: Partial<DelayFacts> = {}): DelayFacts => ({
  ...{ receivedAt: at(0), rangAt: at(3), passStartedAt: at(4), storedAt: at(5) },
  lastSyncAt: at(-60),
  ...over,
})

describe('the delay of new mail', () => {
  it.each<[string, DelayFacts, DelayFacts['lastSyncAt'] | { providerMs: number; oursMs: number }]>([
    [
      'is the provider’s until its bell, and ours from then on',
      facts(),
      { providerMs: 3_000, oursMs: 2_000 },
    ],
    [
      'is the provider’s until we asked when nobody rang',
      facts({ rangAt: null }),
      { providerMs: 4_000, oursMs: 1_000 },
    ],
    [
      'is all ours when an earlier bell was still waiting',
      facts({ rangAt: at(-9) }),
      { providerMs: 0, oursMs: 5_000 },
    ],
    [
      'is none when the provider’s clock is ahead',
      facts({ receivedAt: at(9) }),
      { providerMs: 0, oursMs: 0 },
    ],
    ['says nothing in a backfill', facts({ lastSyncAt: null }), null],
    [
      'counts for mail of the same second as the last complete reading, whose receipt is told in whole seconds',
      facts({ lastSyncAt: at(0.9) }),
      { providerMs: 3_000, oursMs: 2_000 },
    ],
    ['says nothing of mail of the second before it', facts({ lastSyncAt: at(1) }), null],
    ['says nothing of mail that came here from elsewhere', facts({ receivedAt: at(-61) }), null],
  ])('%s', (_what, given, expected) => {
    expect(delayOf(given)).toEqual(expected)
  })

  it('adds up to the time from receipt to store, and no part is negative', () => {
    const second = fc.integer({ min: -100, max: 100 }).map(at)
    fc.assert(
      fc.property(second, second, second, second, (receivedAt, rangAt, passStartedAt, storedAt) => {
        const delay = delayOf(
          facts({ receivedAt, rangAt, passStartedAt, storedAt, lastSyncAt: at(-200) }),
        )
        expect(delay?.providerMs).toBeGreaterThanOrEqual(0)
        expect(delay?.oursMs).toBeGreaterThanOrEqual(0)
        const sum = Math.max(0, storedAt.getTime() - receivedAt.getTime())
        expect((delay?.providerMs ?? 0) + (delay?.oursMs ?? 0)).toBe(sum)
      }),
    )
  })
})
