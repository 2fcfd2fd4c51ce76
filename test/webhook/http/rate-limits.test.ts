import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Problem } from '../../../models/wire/problem.ts'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { RateLimiter } from '../../../webhook/http/rate/rate-limit.ts'
import { draw, type Bucket } from '../../../webhook/http/rate/token-bucket.ts'
import { paneToken } from './support/tokens.ts'
import { startWorld, type World } from './support/world.ts'

const quota = { burst: 5, perMinute: 60 }

describe('a bucket of tokens', () => {
  it('lets its burst through, then so many a minute', () => {
    let bucket: Bucket | undefined
    const take = (now: number) => {
      const drawn = draw(bucket, quota, now)
      bucket = drawn.bucket
      return drawn.waitMs
    }
    expect([0, 0, 0, 0, 0].map(take)).toEqual([0, 0, 0, 0, 0])
    expect(take(0)).toBe(1_000)
    expect(take(400)).toBe(600)
    expect(take(1_000)).toBe(0)
    expect(take(1_000)).toBe(1_000)
    expect([1, 2, 3, 4, 5, 6].map(() => take(600_000)).filter((ms) => ms === 0)).toHaveLength(5)
  })

  it('never lets more through than burst and rate allow, whenever somebody comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 5_000 }), { maxLength: 200 }), (gaps) => {
        let bucket: Bucket | undefined
        let [now, latest, through] = [0, 0, 0]
        for (const gap of gaps) {
          now += gap // a clock can be set back
          latest = Math.max(latest, now)
          const drawn = draw(bucket, quota, now)
          bucket = drawn.bucket
          if (drawn.waitMs === 0) through++
          else expect(drawn.waitMs).toBeLessThanOrEqual(1_000)
        }
        const setBack = gaps.filter((gap) => gap < 0).reduce((sum, gap) => sum - gap, 0)
        expect(through).toBeLessThanOrEqual(quota.burst + (latest + setBack) / 1_000 + 1)
      }),
    )
  })

  it('of whoever stayed away longest is forgotten first, when there are too many', () => {
    const limiter = new RateLimiter({
      quota: { burst: 1, perMinute: 1 },
      clock: new VirtualClock(),
    })
    expect(limiter.take('first')).toBe(0)
    for (let n = 0; n < 99_999; n++) limiter.take(`other ${n}`)
    expect(limiter.take('first')).toBeGreaterThan(0) // still known, and the latest now
    limiter.take('one more')
    expect(limiter.take('first')).toBeGreaterThan(0)
    expect(limiter.take('other 0')).toBe(0)
  })
})

describe('a person’s requests (I8)', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ env: { API_REQUESTS_PER_MINUTE: '20' } })
    world.issuer.grantAdminConsent()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  it('ten times over their share are refused at once, and nobody else’s are', async () => {
    const [alice, bob] = [await world.signedIn('alice'), await world.signedIn('bob')]
    const asks = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        alice.get('/api/v1/mailboxes', {
          'x-forwarded-for': `203.0.113.${n}`,
          'x-real-ip': `203.0.113.${n}`,
          forwarded: `for=203.0.113.${n}`,
        }),
      ),
    )
    const refused = asks.filter(({ status }) => status === 429)
    expect(asks.filter(({ status }) => status === 200)).toHaveLength(19) // the session page was one
    expect(refused).toHaveLength(181)
    expect(Problem.parse(await refused[0]!.json())).toMatchObject({ code: 'too-many-requests' })
    expect(refused[0]!.headers.get('retry-after')).toBe('3')
    expect((await bob.get('/api/v1/mailboxes')).status).toBe(200)

    await world.clock.advance(3_000)
    expect((await alice.get('/api/v1/mailboxes')).status).toBe(200)
    expect((await alice.get('/api/v1/mailboxes')).status).toBe(429)
  })

  it('of another session, or of the add-in, are the same person’s', async () => {
    await world.clock.advance(60_000)
    const [one, other] = [await world.signedIn('alice'), await world.signedIn('alice')]
    for (let n = 0; n < 18; n++) await (n % 2 ? one : other).get('/api/v1/mailboxes')
    expect((await other.get('/api/v1/mailboxes')).status).toBe(429)
    const fromPane = await fetch(`${world.serviceUrl}/api/v1/emails/status`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${await paneToken(world)}`, origin: world.addinUrl },
        'content-type': 'application/json',
      },
      body: '{"itemId":"x","mailboxAddress":"alice@contoso.test"}',
    })
    expect(fromPane.status).toBe(429)
    expect(fromPane.headers.get('access-control-expose-headers')).toContain('retry-after')
    expect(fromPane.headers.get('access-control-allow-origin')).toBe(world.addinUrl)
  })
})
