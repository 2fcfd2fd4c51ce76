import { describe, expect, it } from '@jest/globals'
import { grantLifetime } from '../../../../sandbox/graph/subscriptions/lifetime.ts'
import { aTwin } from '../a-twin.ts'

const NOW = new Date('2026-11-20T09:00:00Z')
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const knobs = {
  maxMinutes: 10_080,
  maxRichMinutes: 1_440,
  tooLong: 'reject' as 'reject' | 'shorten',
}

describe('the life of a subscription (graph-contract 1.4)', () => {
  type Case = { wanted: number; granted: number; rich?: true; tooLong?: 'shorten' }
  const cut = { tooLong: 'shorten' } as const
  it.each<[string, Case]>([
    ['less than 45 minutes is raised to 45', { wanted: 5, granted: 45 }],
    ['a time gone by is, too', { wanted: -60, granted: 45 }],
    ['what is within the limit stays', { wanted: 4_231, granted: 4_231 }],
    ['the limit itself is allowed', { wanted: 10_080, granted: 10_080 }],
    ['a day is allowed with resource data', { wanted: 1_440, granted: 1_440, rich: true }],
    ['beyond is cut when the knob says so', { wanted: 20_000, granted: 10_080, ...cut }],
    ['with resource data as well', { wanted: 20_000, granted: 1_440, rich: true, ...cut }],
  ])('%s', (_rule, { wanted, granted, rich = false, ...rules }) => {
    expect(grantLifetime(inMinutes(wanted), NOW, rich, { ...knobs, ...rules })).toEqual({
      kind: 'granted',
      expiresAt: inMinutes(granted),
    })
  })

  it.each([
    [10_081, false, knobs, 10_080],
    [4_231, false, { ...knobs, maxMinutes: 4_230 }, 4_230],
    [1_441, true, knobs, 1_440],
  ])('%i minutes are too long', (minutes, rich, rules, maxMinutes) => {
    expect(grantLifetime(inMinutes(minutes), NOW, rich, rules)).toEqual({
      kind: 'too-long',
      maxMinutes,
    })
  })

  it('is refused with the observed errors, of create and of renewal (graph-contract 1.6)', async () => {
    const { call, subscribe, subscription, inMinutes } = aTwin({
      knobs: { subscriptions: { maxMinutes: 4_230 } },
    })
    const id = await subscribe()
    const tooLong = { expirationDateTime: inMinutes(4_231) }
    const message = 'Subscription expiration can only be 4230 minutes in the future.'
    expect(await call('POST', '/subscriptions', { body: subscription(tooLong) })).toMatchObject({
      status: 400,
      body: { error: { code: 'ExtensionError', message } },
    })
    expect(await call('PATCH', `/subscriptions/${id}`, { body: tooLong })).toMatchObject({
      status: 400,
      body: { error: { code: 'ErrorInvalidParameter', message } },
    })
  })

  it('ends: an expired subscription is unknown from then on', async () => {
    const { twin, clock, call, subscribe } = aTwin()
    const id = await subscribe()
    await clock.advance(4_000 * 60_000 - 1)
    expect((await call('GET', `/subscriptions/${id}`)).status).toBe(200)
    await clock.advance(1)
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/reauthorize'],
    ] as const) {
      const body = method === 'PATCH' ? { expirationDateTime: '2026-12-01T00:00:00Z' } : undefined
      expect(await call(method, `/subscriptions/${id}${path}`, { body })).toMatchObject({
        status: 404,
        body: { error: { code: 'ResourceNotFound', message: 'The object was not found.' } },
      })
    }
    expect(twin.subscriptions.all()).toEqual([])
  })
})
