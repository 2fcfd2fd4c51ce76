import { describe, expect, it } from '@jest/globals'
import { aTwin, HOOK } from '../a-twin.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const at = { delivery: { minLatencyMs: 1_000, maxLatencyMs: 1_000, storedToken: 'never' as const } }

describe('an acknowledgement (graph-contract 2.2)', () => {
  it.each([200, 202, 204, 299])('is any 2xx: %i', async (status) => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({ knobs: at })
    endpoint.answer = () => status
    await subscribe()
    await deliver()
    await clock.advance(5 * HOUR)
    expect(endpoint.changes()).toHaveLength(1)
    expect(twin.pending()).toBe(0)
  })

  it.each([301, 400, 404, 410, 429, 500, 503])('is not %i: it comes again', async (status) => {
    const { clock, endpoint, subscribe, deliver } = aTwin({ knobs: at })
    let answers = 0
    endpoint.answer = () => (answers++ === 0 ? status : 202)
    await subscribe()
    await deliver()
    await clock.advance(MINUTE)
    expect(endpoint.received.map(({ timeoutMs }) => timeoutMs)).toEqual([3_000, 10_000])
    expect(endpoint.received[1]?.batch).toEqual(endpoint.received[0]?.batch)
  })

  it.each([
    ['within 3 s', 2_999, 1],
    ['after 3 s, which is too late', 3_001, 2],
  ])('comes %s', async (_when, ms, posts) => {
    const { clock, endpoint, subscribe, deliver } = aTwin({ knobs: at })
    endpoint.answer = async () => {
      await clock.sleep(ms)
      return 202
    }
    await subscribe()
    await deliver()
    await clock.advance(MINUTE)
    expect(endpoint.changes()).toHaveLength(posts)
  })
})

describe('retries', () => {
  it('back off exponentially and end after four hours; then the notification is lost and missed says so', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({ knobs: at })
    endpoint.answer = (url) => (url === HOOK ? 503 : 202)
    await subscribe()
    await deliver()
    await clock.advance(5 * HOUR)
    const times = endpoint.received
      .filter(({ url }) => url === HOOK)
      .map((post) => post.at.getTime())
    const waits = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / SECOND)
    expect(waits.slice(0, 5)).toEqual([10, 20, 40, 80, 160])
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(4 * HOUR)
    expect(twin.notifications.losses).toMatchObject([
      { why: 'it was never acknowledged', item: { changeType: 'created' } },
    ])
    expect(endpoint.lifecycle().map(({ lifecycleEvent }) => lifecycleEvent)).toContain('missed')
    expect(twin.notifications.delivered().some(({ changeType }) => changeType === 'created')).toBe(
      false,
    )
  })

  it('bring everything held during an outage, once it is over', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({ knobs: at })
    let isDown = true
    endpoint.answer = () => {
      if (isDown) throw new Error('connect ECONNREFUSED')
      return 202
    }
    await subscribe()
    for (const mail of ['one', 'two', 'three']) {
      await deliver(mail)
      await clock.advance(MINUTE)
    }
    isDown = false
    await clock.advance(4 * HOUR)
    expect(twin.notifications.delivered().filter(({ changeType }) => changeType)).toHaveLength(3)
    expect(twin.notifications.posts.some(({ outcome }) => outcome === 'failed')).toBe(true)
    expect(twin.notifications.losses).toEqual([])
  })

  it('follow a PATCH to the new URL', async () => {
    const { clock, call, endpoint, subscribe, deliver } = aTwin({ knobs: at })
    endpoint.answer = (url) => (url === HOOK ? 500 : 202)
    const id = await subscribe()
    await deliver()
    await clock.advance(5 * SECOND)
    await call('PATCH', `/subscriptions/${id}`, {
      body: { notificationUrl: 'https://crm.example/new' },
    })
    await clock.advance(MINUTE)
    expect(
      endpoint.items('https://crm.example/new').filter(({ changeType }) => changeType),
    ).toHaveLength(1)
  })

  it('end when the subscription does', async () => {
    const { twin, clock, call, endpoint, subscribe, deliver } = aTwin({ knobs: at })
    endpoint.answer = () => 500
    const id = await subscribe()
    await deliver()
    await clock.advance(5 * SECOND)
    const before = endpoint.received.length
    await call('DELETE', `/subscriptions/${id}`)
    await clock.advance(HOUR)
    expect(endpoint.received).toHaveLength(before)
    expect(twin.pending()).toBe(0)
  })

  it('run faster by the time scale', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({
      knobs: { delivery: { ...at.delivery, timeScale: 60 } },
    })
    endpoint.answer = (url) => (url === HOOK ? 500 : 202)
    await subscribe()
    await deliver()
    await clock.advance(5 * MINUTE)
    expect(twin.notifications.losses).toHaveLength(1)
  })
})

describe('an endpoint that is slow (graph-contract 2.2)', () => {
  const slowTwin = (answerMs: number) => {
    const world = aTwin({ knobs: at })
    let ms = answerMs
    world.endpoint.answer = async (url) => {
      if (url === HOOK) await world.clock.sleep(ms)
      return 202
    }
    return { ...world, becomes: (next: number) => (ms = next) }
  }

  it('gets new notifications ten minutes late, until it is quick again', async () => {
    const { clock, endpoint, subscribe, deliver, becomes } = slowTwin(5_000)
    await subscribe()
    for (let mail = 0; mail < 10; mail++) {
      await deliver(`Mail ${mail}`)
      await clock.advance(5 * SECOND)
    }
    becomes(10)
    const late = await deliver('Late')
    const sentAt = clock.now().getTime()
    const arrival = () =>
      endpoint.received.find(({ batch }) =>
        batch.value?.some(
          ({ resourceData }) =>
            (resourceData as { id?: string } | undefined)?.id === late.defaultId,
        ),
      )
    await clock.advance(10 * MINUTE)
    expect(arrival()).toBeUndefined()
    await clock.advance(2 * SECOND)
    expect((arrival()?.at.getTime() ?? 0) - sentAt).toBeGreaterThanOrEqual(10 * MINUTE)
    await clock.advance(20 * MINUTE)
    for (let mail = 0; mail < 4; mail++) await deliver(`Probe ${mail}`)
    await clock.advance(20 * MINUTE)
    const before = endpoint.changes().length
    await deliver('Quick again')
    await clock.advance(2 * SECOND)
    expect(endpoint.changes()).toHaveLength(before + 1)
  })

  it('loses notifications when it never answers in time, and hears of it by missed', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = slowTwin(60_000)
    await subscribe()
    for (let mail = 0; mail < 12; mail++) {
      await deliver(`Mail ${mail}`)
      await clock.advance(20 * SECOND)
    }
    await clock.advance(11 * MINUTE)
    for (let mail = 0; mail < 40; mail++) {
      await deliver(`More ${mail}`)
      await clock.advance(15 * SECOND)
    }
    expect(twin.notifications.losses.some(({ why }) => why === 'the endpoint was too slow')).toBe(
      true,
    )
    await clock.advance(HOUR)
    expect(endpoint.lifecycle().some(({ lifecycleEvent }) => lifecycleEvent === 'missed')).toBe(
      true,
    )
  })
})
