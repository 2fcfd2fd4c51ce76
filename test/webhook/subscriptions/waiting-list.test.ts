import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { MINUTE, SECOND } from '../../../webhook/duration.ts'
import { Pace } from '../../../webhook/subscriptions/turns/pace.ts'
import { WaitingList } from '../../../webhook/subscriptions/turns/waiting-list.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'

const folder = (n: number, workspaceId = 'tenant') => ({ _id: `folder ${n}`, workspaceId })

/** So many folders of a tenant ask in one moment; each that may is subscribed. */
async function ask(count: number) {
  const clock = new VirtualClock()
  const pace = new Pace({ clock, sharers: () => 1 })
  const list = new WaitingList({ clock, pace })
  const comesInMs: (number | null)[] = []
  for (let n = 0; n < count; n++) {
    const turn = list.join(folder(n))
    if (turn === null) await pace.turn('tenant', untilTheEnd)
    comesInMs.push(turn && turn.getTime() - clock.now().getTime())
  }
  return { clock, list, pace, comesInMs }
}

describe('folders of a tenant that are all to be subscribed at once', () => {
  it('wait when there are more than Graph takes, each until its own turn, and less than Graph takes then', async () => {
    const { comesInMs } = await ask(180)
    expect(comesInMs.slice(0, 80)).toEqual(Array(80).fill(null))
    const turns = comesInMs.slice(80).map(Number)
    expect(turns).toEqual(turns.toSorted((one, other) => one - other))
    expect(new Set(turns).size).toBe(100)
    expect(turns.at(-1)).toBeGreaterThan(100 * (SECOND / 20))
    expect(turns.at(-1)).toBeLessThan(100 * (SECOND / 15))
  })

  it('keep their turn when they ask before it, and are let through when they come', async () => {
    const { clock, list } = await ask(100)
    const turn = list.turnOf(folder(99))!
    expect(list.join(folder(99))).toEqual(turn)
    await clock.advance(turn.getTime() - clock.now().getTime())
    expect(list.join(folder(99))).toBeNull()
    expect(list.turnOf(folder(99))).toBeNull()
  })

  it('let nobody go before them, but folders of another tenant', async () => {
    const { clock, list } = await ask(200)
    await clock.advance(5 * SECOND) // Graph would take one more just now
    expect(list.join(folder(1_000))!.getTime()).toBeGreaterThan(list.turnOf(folder(199))!.getTime())
    expect(list.join(folder(1_001, 'another'))).toBeNull()
  })

  it('are forgotten once all had their turn', async () => {
    const { clock, list } = await ask(100)
    await clock.advance(MINUTE)
    expect(list.join(folder(1_000))).toBeNull()
    expect(list.join(folder(99))).toBeNull()
  })
})
