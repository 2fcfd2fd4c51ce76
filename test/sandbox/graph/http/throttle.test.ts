import { describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import type { GraphFault } from '../../../../sandbox/graph/errors.ts'
import {
  retryAfterHeader,
  Throttle,
  type Charge,
} from '../../../../sandbox/graph/http/throttle/throttle.ts'
import { SlidingWindow } from '../../../../sandbox/graph/http/throttle/sliding-window.ts'
import { graphKnobs } from '../../../../sandbox/graph/knobs.ts'
import { ALICE, aTwin } from '../a-twin.ts'

const MB = 1_024 * 1_024

function aThrottle(retryAfter: 'present' | 'absent' = 'present') {
  const clock = new VirtualClock()
  const throttle = new Throttle(clock, { ...graphKnobs().http, retryAfter })
  const charge: Charge = { appId: 'app', tenantId: 'tenant', mailbox: 'alice', uploadBytes: 0 }
  const enter = (changes: Partial<Charge> = {}) => throttle.enter({ ...charge, ...changes })
  /** Enters and leaves so many times; the first refusal ends it. */
  const fill = (
    times: number,
    changes: Partial<Charge> = {},
  ): { passed: number; refusal?: GraphFault } => {
    for (let passed = 0; passed < times; passed++) {
      try {
        enter(changes)()
      } catch (error) {
        return { passed, refusal: error as GraphFault }
      }
    }
    return { passed: times }
  }
  return { clock, enter, fill }
}

describe('a sliding window', () => {
  it('counts what is over the limit too, and lets go as time passes', () => {
    const window = new SlidingWindow(2, 60_000)
    expect([window.add(0), window.add(0)]).toEqual([0, 0])
    const wait = window.add(0)
    expect(wait).toBeGreaterThanOrEqual(60_000)
    expect(window.add(30_000)).toBeGreaterThan(0)
    expect(window.add(30_000 + 61_000)).toBe(0)
  })
})

describe('throttling per app and mailbox', () => {
  it('lets four requests in at once and refuses the fifth (graph-contract 6.1)', () => {
    const { enter } = aThrottle()
    const leave = [enter(), enter(), enter(), enter()]
    expect(() => enter()).toThrow('Application is over its MailboxConcurrency limit.')
    enter({ mailbox: 'bob' })
    enter({ appId: 'another' })
    leave[0]?.()
    enter()
  })

  it('lets 10,000 requests in within 10 minutes, and counts the refused ones', async () => {
    const { clock, fill } = aThrottle()
    expect(fill(10_001)).toMatchObject({
      passed: 10_000,
      refusal: { status: 429, code: 'ApplicationThrottled' },
    })
    await clock.advance(9 * 60_000)
    expect(fill(10_000).passed).toBe(0)
    // The first ten thousand have aged out; one knock of nine minutes later has not.
    await clock.advance(2 * 60_000)
    expect(fill(10_000).passed).toBe(9_999)
  })

  it('lets 150 MB up within 5 minutes', async () => {
    const { clock, fill } = aThrottle()
    expect(fill(20, { uploadBytes: 10 * MB })).toMatchObject({
      passed: 15,
      refusal: { status: 429 },
    })
    await clock.advance(6 * 60_000)
    expect(fill(1, { uploadBytes: 10 * MB }).passed).toBe(1)
  })

  it('counts no limit of the mailbox against calls that name none', () => {
    const { fill } = aThrottle()
    const { mailbox: _none, ...charge } = {
      mailbox: '',
      appId: 'app',
      tenantId: 'tenant',
      uploadBytes: 0,
    }
    const clock = new VirtualClock()
    const throttle = new Throttle(clock, graphKnobs().http)
    for (let index = 0; index < 20_000; index++) throttle.enter(charge)
    expect(fill(1).passed).toBe(1)
  })

  it('lets 130,000 requests of one app in within 10 seconds', async () => {
    const { clock, fill } = aThrottle()
    for (let mailbox = 0; mailbox < 13; mailbox++) {
      expect(fill(10_000, { mailbox: `m${mailbox}` }).passed).toBe(10_000)
    }
    expect(fill(1, { mailbox: 'one more' })).toMatchObject({
      passed: 0,
      refusal: { code: 'TooManyRequests' },
    })
    await clock.advance(11_000)
    expect(fill(1, { mailbox: 'one more' }).passed).toBe(1)
  })
})

describe('throttling of subscription calls', () => {
  it.each([
    ['write', 500, 2_000],
    ['reauthorize', 1_000, 4_000],
    ['read', 500, 2_000],
    ['list', 25, 40],
  ] as const)(
    '%s: %i in 20 s for an app and tenant, %i for an app (graph-contract 6.1)',
    async (subscriptionCall, tenant, app) => {
      const { clock, fill } = aThrottle()
      const { passed } = fill(tenant + 1, { subscriptionCall })
      expect(passed).toBe(tenant)
      let sum = tenant + 1
      for (let other = 0; sum < app; other++) {
        const wanted = Math.min(tenant, app - sum)
        expect(fill(wanted, { subscriptionCall, tenantId: `t${other}` }).passed).toBe(wanted)
        sum += wanted
      }
      expect(fill(1, { subscriptionCall, tenantId: 'last' }).passed).toBe(0)
      await clock.advance(21_000)
      expect(fill(1, { subscriptionCall }).passed).toBe(1)
    },
  )

  it('answers the 26th list in Graph’s own words', async () => {
    const { call } = aTwin()
    for (let list = 0; list < 25; list++)
      expect((await call('GET', '/subscriptions')).status).toBe(200)
    const reply = await call('GET', '/subscriptions')
    expect(reply).toMatchObject({
      status: 429,
      body: {
        error: {
          code: 'TooManyRequests',
          message: 'Please retry again later.',
          innerError: { code: '429', message: 'Please retry after', status: '429' },
        },
      },
    })
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('Retry-After', () => {
  const now = new Date('2026-11-20T09:00:00Z')
  it.each([
    ['present', '90'],
    ['one', '1'],
    ['fractional', '90.128'],
    ['date', 'Fri, 20 Nov 2026 09:01:30 GMT'],
    ['absent', undefined],
    ['zero', '0'],
    ['negative', '-1'],
    ['absurd', '1000000000'],
    ['past-date', 'Fri, 20 Nov 2026 08:58:30 GMT'],
  ] as const)('is written %s: %s (graph-contract 6.2)', (style, text) => {
    expect(retryAfterHeader(style, 89_500, now)).toBe(text)
  })

  it('is left out of the reply when the knob says absent', () => {
    const { fill } = aThrottle('absent')
    expect(fill(26, { subscriptionCall: 'list' }).refusal?.headers).toEqual({})
  })
})

describe('a mailbox throttled at the desk', () => {
  it('is refused until the time is over, others are not', async () => {
    const { twin, clock, call, token } = aTwin()
    twin.desk.throttle('alice@flow.example', 30)
    const reply = await call('GET', '/me/messages')
    expect(reply).toMatchObject({ status: 429, headers: { 'retry-after': '30' } })
    expect(twin.requests.count({ throttled: true, mailbox: ALICE })).toBe(1)
    expect(
      (await call('GET', '/users/bob@flow.example/messages', { as: token({ oid: null }) })).status,
    ).toBe(200)
    await clock.advance(30_000)
    expect((await call('GET', '/me/messages')).status).toBe(200)
  })

  it('really works on four requests at once, and no more', async () => {
    const { twin, clock, call } = aTwin()
    twin.desk.slowDown(1_000)
    const replies = Array.from({ length: 6 }, () => call('GET', '/me/messages'))
    await clock.advance(1_000)
    const statuses = (await Promise.all(replies)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 429, 429])
  })
})
