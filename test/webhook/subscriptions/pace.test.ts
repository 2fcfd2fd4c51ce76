import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { SECOND } from '../../../webhook/duration.ts'
import { Pace } from '../../../webhook/subscriptions/turns/pace.ts'
import { mostWithin } from './most-within.ts'

/** When each of so many writes that were wanted at once had its turn, in ms. */
async function turnsOf(pace: Pace, clock: VirtualClock, tenant: string, writes: number) {
  const startedAt = clock.now().getTime()
  const turns: number[] = []
  const all = Array.from({ length: writes }, async () => {
    await pace.turn(tenant, new AbortController().signal)
    turns.push(clock.now().getTime() - startedAt)
  })
  return { turns, done: Promise.all(all) }
}

describe('three thousand subscriptions of one tenant, lost in one moment', () => {
  it('are asked for as fast as Graph lets them be, and never faster: 500 in any 20 s, however uneven the way there', async () => {
    const clock = new VirtualClock()
    const { turns, done } = await turnsOf(
      new Pace({ clock, sharers: () => 1 }),
      clock,
      'tenant',
      3_000,
    )
    await clock.advance(150 * SECOND)
    await done
    expect(turns).toHaveLength(3_000)
    expect(mostWithin(turns, 20.5 * SECOND)).toBeLessThanOrEqual(500)
    expect(Math.max(...turns)).toBeLessThan(150 * SECOND)
  }, 60_000)

  it('do not hold another tenant up', async () => {
    const clock = new VirtualClock()
    const pace = new Pace({ clock, sharers: () => 1 })
    const many = await turnsOf(pace, clock, 'tenant', 300)
    const other = await turnsOf(pace, clock, 'another', 50)
    await other.done
    expect(other.turns).toEqual(Array(50).fill(0))
    await clock.advance(20 * SECOND)
    await many.done
  })
})

describe('a few subscriptions', () => {
  it('are asked for at once, and again at once a while later', async () => {
    const clock = new VirtualClock()
    const pace = new Pace({ clock, sharers: () => 1 })
    await (
      await turnsOf(pace, clock, 'tenant', 80)
    ).done
    await clock.advance(5 * SECOND)
    const again = await turnsOf(pace, clock, 'tenant', 80)
    await again.done
    expect(again.turns).toEqual(Array(80).fill(0))
  })
})

describe('several instances', () => {
  it('share what a tenant may be written about', async () => {
    const clock = new VirtualClock()
    const each = await Promise.all(
      [1, 2].map(() => turnsOf(new Pace({ clock, sharers: () => 2 }), clock, 'tenant', 1_000)),
    )
    await clock.advance(100 * SECOND)
    await Promise.all(each.map(({ done }) => done))
    const turns = each.flatMap((one) => one.turns)
    expect(mostWithin(turns, 20.5 * SECOND)).toBeLessThanOrEqual(500)
    expect(Math.max(...turns)).toBeLessThan(100 * SECOND)
  })
})
