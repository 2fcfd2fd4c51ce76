import { describe, expect, it } from '@jest/globals'
import { ALICE, aTwin } from '../a-twin.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const steady = { delivery: { minLatencyMs: 1_000, maxLatencyMs: 1_000 } }

/** Delivers so many mails, one each second or as said, and returns the order in which their notifications came. */
async function arrivals(
  world: ReturnType<typeof aTwin>,
  count: number,
  gapMs = SECOND,
): Promise<number[]> {
  const ids: string[] = []
  for (let mail = 0; mail < count; mail++) {
    ids.push((await world.deliver(`Mail ${mail}`)).defaultId)
    await world.clock.advance(gapMs, () => world.twin.idle())
  }
  await world.clock.advance(10 * MINUTE, () => world.twin.idle())
  return world.endpoint
    .changes()
    .map(({ resourceData }) => ids.indexOf((resourceData as { id: string }).id))
}

async function subscribed(knobs: NonNullable<Parameters<typeof aTwin>[0]>['knobs'] = steady) {
  const world = aTwin({ knobs })
  await world.subscribe()
  return world
}

describe('notifications go wrong when asked to', () => {
  it('nothing is wrong to begin with', async () => {
    expect(await arrivals(await subscribed(), 5)).toEqual([0, 1, 2, 3, 4])
  })

  it('the next two are lost, and missed says so once', async () => {
    const world = await subscribed()
    world.twin.desk.dropNotifications({ next: 2 })
    expect(await arrivals(world, 4, 0)).toEqual([2, 3])
    expect(
      world.endpoint.lifecycle().filter(({ lifecycleEvent }) => lifecycleEvent === 'missed'),
    ).toHaveLength(1)
    expect(world.twin.notifications.losses).toHaveLength(2)
  })

  it('without missed, when the knob says so', async () => {
    const world = await subscribed({ delivery: { ...steady.delivery, missedAfterLoss: false } })
    world.twin.desk.dropNotifications({ next: 2 })
    await arrivals(world, 4)
    expect(world.endpoint.lifecycle().map(({ lifecycleEvent }) => lifecycleEvent)).not.toContain(
      'missed',
    )
  })

  it('a second loss after the first missed has left is announced again', async () => {
    const world = await subscribed()
    for (let time = 0; time < 2; time++) {
      world.twin.desk.dropNotifications({ next: 1 })
      await arrivals(world, 1)
    }
    expect(
      world.endpoint.lifecycle().filter(({ lifecycleEvent }) => lifecycleEvent === 'missed'),
    ).toHaveLength(2)
  })

  it('a share of them is lost', async () => {
    const world = await subscribed()
    world.twin.desk.dropNotifications({ rate: 0.5 })
    const came = (await arrivals(world, 40)).length
    expect(came).toBeGreaterThan(8)
    expect(came).toBeLessThan(32)
  })

  it('the next two come twice', async () => {
    const world = await subscribed()
    world.twin.desk.duplicateNotifications({ next: 2 })
    expect((await arrivals(world, 3)).sort()).toEqual([0, 0, 1, 1, 2])
  })

  it('the next four come back to front', async () => {
    const world = await subscribed()
    world.twin.desk.reorderNotifications({ next: 4 })
    expect(await arrivals(world, 5)).toEqual([3, 2, 1, 0, 4])
  })

  it('those waiting to be reordered come after all, when no more follow', async () => {
    const world = await subscribed()
    world.twin.desk.reorderNotifications({ next: 10 })
    expect(await arrivals(world, 2)).toEqual([1, 0])
  })

  it('a share of them is overtaken, none lost', async () => {
    const world = await subscribed()
    world.twin.desk.reorderNotifications({ rate: 0.3 })
    const order = await arrivals(world, 30)
    expect(order).not.toEqual([...order].sort((a, b) => a - b))
    expect([...order].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, index) => index),
    )
  })

  it('all are late', async () => {
    const world = await subscribed()
    world.twin.desk.delayNotifications(5 * MINUTE)
    await world.deliver()
    await world.clock.advance(5 * MINUTE, () => world.twin.idle())
    expect([world.endpoint.changes().length, world.twin.pending()]).toEqual([0, 1])
    await world.clock.advance(2 * SECOND, () => world.twin.idle())
    expect(world.endpoint.changes()).toHaveLength(1)
  })

  it('silence swallows what happens meanwhile, and nobody says a word (graph-contract 9 #10)', async () => {
    const world = await subscribed()
    world.twin.desk.silence(2 * SECOND)
    expect(await arrivals(world, 4)).toEqual([2, 3])
    expect(world.endpoint.lifecycle().map(({ lifecycleEvent }) => lifecycleEvent)).not.toContain(
      'missed',
    )
  })

  it('a burst brings all at once', async () => {
    const world = await subscribed()
    world.twin.desk.burst(10 * SECOND)
    await arrivals(world, 8)
    const posts = world.endpoint.received.filter(({ batch }) => batch.value?.[0]?.changeType)
    expect(posts.map(({ batch }) => batch.value?.length)).toEqual([8])
  })

  it('stops when everything is switched off', async () => {
    const world = await subscribed()
    world.twin.desk.dropNotifications({ rate: 1 })
    world.twin.desk.delayNotifications(MINUTE)
    world.twin.desk.silence(MINUTE)
    world.twin.desk.burst(MINUTE)
    world.twin.desk.clear()
    expect(await arrivals(world, 3)).toEqual([0, 1, 2])
  })

  it('is the same again with the same seed', async () => {
    const run = async () => {
      const world = await subscribed({})
      world.twin.desk.dropNotifications({ rate: 0.2 })
      world.twin.desk.duplicateNotifications({ rate: 0.2 })
      return arrivals(world, 20)
    }
    expect(await run()).toEqual(await run())
  })
})

describe('many mails moved at once (graph-contract 9 #9)', () => {
  async function moved(count: number, knobs = steady) {
    const world = aTwin({ knobs })
    await world.twin.desk.bulkDeliver(ALICE, count)
    await world.subscribe({ changeType: 'deleted' })
    world.twin.desk.bulkMove(ALICE, { count, to: 'archive' })
    await world.clock.advance(MINUTE, () => world.twin.idle())
    const missed = world.endpoint
      .lifecycle()
      .filter(({ lifecycleEvent }) => lifecycleEvent === 'missed')
    return { told: world.endpoint.changes().length, missed: missed.length }
  }

  it('above 25 nothing is told but missed, once', async () => {
    expect(await moved(26)).toEqual({ told: 0, missed: 1 })
  })

  it('up to 25 most are told, and missed speaks for the rest', async () => {
    const { told, missed } = await moved(25)
    expect(told).toBeGreaterThan(12)
    expect(told).toBeLessThan(25)
    expect(missed).toBe(1)
  })

  it('a single move is not many', async () => {
    expect(await moved(1)).toEqual({ told: 1, missed: 0 })
  })
})
