import { describe, expect, it } from '@jest/globals'
import { ALICE, aTwin, LIFE, TENANT } from '../a-twin.ts'

const MINUTE = 60_000
const steady = { delivery: { minLatencyMs: 1_000, maxLatencyMs: 1_000 } }

const events = ({ endpoint }: ReturnType<typeof aTwin>) =>
  endpoint.lifecycle().map(({ lifecycleEvent }) => lifecycleEvent)

describe('lifecycle notifications (graph-contract 2.3)', () => {
  it('carry the subscription and nothing of a resource', async () => {
    const { twin, clock, endpoint, subscribe } = aTwin({ knobs: steady })
    const subscriptionId = await subscribe()
    expect(twin.desk.sendLifecycle('missed')).toBe(1)
    await clock.advance(5_000, () => twin.idle())
    expect(endpoint.received.map(({ url }) => url)).toEqual([LIFE])
    expect(endpoint.items()).toEqual([
      {
        subscriptionId,
        subscriptionExpirationDateTime: expect.any(String),
        clientState: 'secret',
        tenantId: TENANT,
        lifecycleEvent: 'missed',
      },
    ])
  })

  it('are not sent to who gave no address for them', async () => {
    const { twin, clock, endpoint, subscribe } = aTwin({ knobs: steady })
    const id = await subscribe({ lifecycleNotificationUrl: null })
    twin.desk.sendLifecycle('missed')
    twin.desk.removeSubscription(id)
    await clock.advance(MINUTE, () => twin.idle())
    expect(endpoint.received).toEqual([])
  })

  it('ask for authorisation every 15 minutes, also after the token has lapsed', async () => {
    const world = aTwin({ knobs: steady })
    await world.subscribe()
    await world.clock.advance(91 * MINUTE, () => world.twin.idle())
    expect(events(world)).toEqual(Array.from({ length: 6 }, () => 'reauthorizationRequired'))
    const minutes = world.endpoint.received.map(({ at }) =>
      Math.round((at.getTime() - Date.parse('2026-11-20T09:00:00Z')) / MINUTE),
    )
    expect(minutes).toEqual([15, 30, 45, 60, 75, 90])
  })

  it.each(['reauthorize', 'patch'] as const)('start over after %s', async (how) => {
    const world = aTwin({ knobs: steady })
    const id = await world.subscribe()
    await world.clock.advance(14 * MINUTE, () => world.twin.idle())
    const as = world.token({ lifetimeMs: 120 * MINUTE })
    if (how === 'patch')
      await world.call('PATCH', `/subscriptions/${id}`, {
        as,
        body: { expirationDateTime: world.inMinutes(5_000) },
      })
    else await world.call('POST', `/subscriptions/${id}/reauthorize`, { as })
    await world.clock.advance(59 * MINUTE, () => world.twin.idle())
    expect(events(world)).toEqual([])
    await world.clock.advance(3 * MINUTE, () => world.twin.idle())
    expect(events(world)).toEqual(['reauthorizationRequired'])
  })

  it('warn of the end of the subscription itself when no token lapses before', async () => {
    const world = aTwin({ knobs: { delivery: { ...steady.delivery, storedToken: 'never' } } })
    await world.subscribe({ expirationDateTime: world.inMinutes(600) })
    await world.clock.advance(419 * MINUTE, () => world.twin.idle())
    expect(events(world)).toEqual([])
    await world.clock.advance(200 * MINUTE, () => world.twin.idle())
    expect(events(world).length).toBeGreaterThan(3)
    const count = events(world).length
    await world.clock.advance(200 * MINUTE, () => world.twin.idle())
    expect(events(world)).toHaveLength(count)
  })

  it('may come with change notifications in one POST', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({ knobs: steady })
    await subscribe({ lifecycleNotificationUrl: 'https://crm.example/graph' })
    await deliver()
    twin.desk.sendLifecycle('missed')
    await clock.advance(5_000, () => twin.idle())
    expect(
      endpoint.received.map(({ batch }) =>
        batch.value?.map((item) => item.lifecycleEvent ?? item.changeType),
      ),
    ).toEqual([['created', 'missed']])
  })
})

describe('a stored token that has lapsed (graph-contract 2.2)', () => {
  it('pauses delivery, counts nothing against the endpoint, and recovers on reauthorisation', async () => {
    const { twin, clock, call, token, endpoint, subscribe, deliver } = aTwin({ knobs: steady })
    const id = await subscribe()
    twin.desk.expireToken(ALICE)
    await deliver()
    await clock.advance(30 * MINUTE, () => twin.idle())
    expect(endpoint.changes()).toEqual([])
    expect(endpoint.lifecycle()[0]?.lifecycleEvent).toBe('reauthorizationRequired')
    await clock.advance(1_000, () => twin.idle())
    expect((await call('POST', `/subscriptions/${id}/reauthorize`, { as: token() })).status).toBe(
      204,
    )
    await clock.advance(60 * MINUTE, () => twin.idle())
    expect(endpoint.changes()).toHaveLength(1)
    expect(twin.notifications.losses).toEqual([])
  })

  it('loses what nobody recovered within four hours', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({ knobs: steady })
    await subscribe()
    twin.desk.expireToken(ALICE)
    await deliver()
    await clock.advance(4 * 60 * MINUTE + 5_000, () => twin.idle())
    expect(endpoint.changes()).toEqual([])
    expect(twin.notifications.losses).toMatchObject([{ why: 'its stored token had lapsed' }])
  })

  it('lasts as long as the access token, a set time, or for ever, by knob', async () => {
    const world = aTwin({ knobs: { delivery: { ...steady.delivery, storedToken: 10 * MINUTE } } })
    await world.subscribe()
    await world.clock.advance(11 * MINUTE)
    await world.deliver()
    await world.clock.advance(5_000, () => world.twin.idle())
    expect(world.endpoint.changes()).toEqual([])
    world.twin.knobs.delivery.storedToken = 'never'
    await world.subscribe({ resource: 'me/messages' })
    await world.clock.advance(3_000 * MINUTE)
    await world.deliver()
    await world.clock.advance(5_000, () => world.twin.idle())
    expect(world.endpoint.changes()).toHaveLength(1)
  })
})

describe('a subscription that Graph removes', () => {
  it('is really gone, says so once, and is silent until another is made', async () => {
    const { twin, clock, call, endpoint, subscribe, deliver } = aTwin({ knobs: steady })
    const id = await subscribe()
    await deliver('on its way')
    expect(twin.desk.removeSubscription(id)).toBe(1)
    await deliver('meanwhile')
    await clock.advance(300 * MINUTE, () => twin.idle())
    expect(endpoint.items()).toMatchObject([
      { subscriptionId: id, lifecycleEvent: 'subscriptionRemoved' },
    ])
    for (const method of ['GET', 'DELETE']) {
      expect((await call(method, `/subscriptions/${id}`)).status).toBe(404)
    }
    const next = await subscribe()
    await deliver('after')
    await clock.advance(5_000, () => twin.idle())
    expect(endpoint.changes()).toMatchObject([{ subscriptionId: next }])
  })

  it('cannot be removed twice', async () => {
    const { twin, subscribe } = aTwin()
    const id = await subscribe()
    expect([
      twin.desk.removeSubscription(id),
      twin.desk.removeSubscription(id),
      twin.desk.removeSubscription(),
    ]).toEqual([1, 0, 0])
  })
})
