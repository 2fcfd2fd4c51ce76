import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { NEVER } from '../../../../models/folder.ts'
import { DAY, HOUR, MINUTE } from '../../../../webhook/duration.ts'
import {
  habitOf,
  nextLook,
  rhythmAfter,
  type LookFacts,
} from '../../../../webhook/sync/decide/next-look.ts'
import { NOW } from '../../../support/builders.ts'

const inMs = (ms: number) => new Date(NOW.getTime() + ms)
const rhythm = (meanGapMs: number | null, emptyProbes = 0): LookFacts['rhythm'] => ({
  ...{ lastChangeAt: NOW, meanGapMs, emptyProbes },
})
const facts = (over: Partial<LookFacts> = {}): LookFacts => ({
  ...{
    now: NOW,
    rhythm: rhythm(HOUR),
    pollEveryMinutes: null,
    subscribed: true,
    subscribeAt: null,
  },
  ...{ safetyPollMs: 6 * HOUR, retryAt: null, proofDueAt: inMs(DAY) },
  ...over,
})
const waitOf = (given: LookFacts) => nextLook(given).getTime() - NOW.getTime()

describe('a folder is asked next, though nobody rings,', () => {
  it.each<[string, LookFacts, number]>([
    ['when it is silent for twice its own habit', facts(), 2 * HOUR],
    [
      'not sooner than a quarter of an hour, however lively it is',
      facts({ rhythm: rhythm(MINUTE) }),
      15 * MINUTE,
    ],
    ['after the longest silence that is believed', facts({ rhythm: rhythm(9 * DAY) }), 6 * HOUR],
    ['after that also when it has no habit yet', facts({ rhythm: rhythm(null) }), 6 * HOUR],
    ['later after a probe that found nothing', facts({ rhythm: rhythm(HOUR, 1) }), 4 * HOUR],
    ['rarely when it is idle', facts({ rhythm: rhythm(MINUTE, 99) }), 6 * HOUR],
    ['every minute when the provider does not ring', facts({ subscribed: false }), MINUTE],
    ['when it is its turn to be subscribed', facts({ subscribeAt: inMs(MINUTE / 2) }), MINUTE / 2],
    ['as often as was chosen', facts({ pollEveryMinutes: 5, subscribed: false }), 5 * MINUTE],
    [
      'as often as was chosen also when it is idle',
      facts({ pollEveryMinutes: 60, rhythm: rhythm(DAY, 9) }),
      HOUR,
    ],
    ['when a message is to be tried again', facts({ retryAt: inMs(MINUTE) }), MINUTE],
    ['when the ids are to be compared', facts({ proofDueAt: inMs(3 * MINUTE) }), 3 * MINUTE],
    ['not for a comparison that is not due', facts({ proofDueAt: NEVER }), 2 * HOUR],
  ])('%s', (_what, given, expected) => {
    expect(waitOf(given)).toBe(expected)
  })

  it('never later than the longest silence, whatever its habit', () => {
    const gap = fc.option(fc.nat(30 * DAY))
    fc.assert(
      fc.property(gap, fc.nat(1_000), fc.boolean(), (meanGapMs, emptyProbes, subscribed) => {
        const wait = waitOf(facts({ rhythm: rhythm(meanGapMs, emptyProbes), subscribed }))
        expect(wait).toBeGreaterThan(0)
        expect(wait).toBeLessThanOrEqual(6 * HOUR)
      }),
    )
  })

  it('at most four times a day once it is idle', () => {
    let habit = rhythm(MINUTE)
    let at = NOW
    for (let day = 0; day < 2; day++)
      for (
        const end = at.getTime() + DAY;
        at.getTime() < end;
        habit = rhythmAfter(habit, false, at)
      )
        at = nextLook(facts({ now: at, rhythm: habit, proofDueAt: NEVER }))
    let calls = 0
    for (const end = at.getTime() + DAY; at.getTime() < end; calls++) {
      habit = rhythmAfter(habit, false, at)
      at = nextLook(facts({ now: at, rhythm: habit, proofDueAt: NEVER }))
    }
    expect(calls).toBe(4)
  })
})

describe('the habit of a folder', () => {
  it('is told by the mail it holds, and by the silence since', () => {
    const received = [-HOUR, -2 * HOUR, -3 * HOUR, -4 * HOUR].map(inMs)
    expect(habitOf(received, NOW)).toEqual({ ...rhythm(HOUR), lastChangeAt: inMs(-HOUR) })
    expect(habitOf([inMs(-9 * DAY), inMs(-10 * DAY)], NOW).meanGapMs).toBe(5 * DAY)
  })

  it('is unknown while it holds one message at most', () => {
    expect(habitOf([], NOW)).toEqual({ lastChangeAt: null, meanGapMs: null, emptyProbes: 0 })
    expect(habitOf([NOW], NOW)).toEqual({ lastChangeAt: NOW, meanGapMs: null, emptyProbes: 0 })
  })

  it('of a lively folder has it asked a quarter of an hour after it was first read', () => {
    const received = Array.from({ length: 50 }, (_, n) => inMs(-n * MINUTE))
    expect(waitOf(facts({ rhythm: habitOf(received, NOW) }))).toBe(15 * MINUTE)
  })

  it('begins with the second change', () => {
    const first = rhythmAfter({ lastChangeAt: null, meanGapMs: null, emptyProbes: 3 }, true, NOW)
    expect(first).toEqual({ lastChangeAt: NOW, meanGapMs: null, emptyProbes: 0 })
    expect(rhythmAfter(first, true, inMs(HOUR))).toEqual({
      ...{ lastChangeAt: inMs(HOUR), meanGapMs: HOUR, emptyProbes: 0 },
    })
  })

  it('follows its changes, and not one of them alone', () => {
    expect(rhythmAfter(rhythm(HOUR), true, inMs(2 * HOUR)).meanGapMs).toBe(1.3 * HOUR)
  })

  it('is not changed by a probe that finds nothing', () => {
    expect(rhythmAfter(rhythm(HOUR, 2), false, inMs(DAY))).toEqual(rhythm(HOUR, 3))
  })
})
