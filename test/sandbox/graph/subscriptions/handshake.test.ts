import { describe, expect, it } from '@jest/globals'
import { letPromisesRun } from '../../../../sandbox/clock.ts'
import { aTwin, HOOK, LIFE } from '../a-twin.ts'

const text = (body: string, status = 200, contentType = 'text/plain') => ({
  status,
  contentType,
  body,
})
const tokenOf = (url: URL) => url.searchParams.get('validationToken') ?? ''

describe('the validation handshake (graph-contract 1.6)', () => {
  it('asks both URLs, inside the create call, with a sentence that must be decoded', async () => {
    const { endpoint, subscribe } = aTwin()
    await subscribe({ notificationUrl: `${HOOK}?t=abc` })
    expect(endpoint.handshakes.map(({ url }) => url.origin + url.pathname)).toEqual([HOOK, LIFE])
    const [{ url, request }] = endpoint.handshakes as [(typeof endpoint.handshakes)[0]]
    expect(url.searchParams.get('t')).toBe('abc')
    expect(tokenOf(url)).toMatch(/^Validation: .+ [0-9a-f-]{36} .*%.*\+/)
    expect(url.search).toMatch(/^\?t=abc&validationToken=Validation%3A\+/)
    expect(request).toMatchObject({
      body: '',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      timeoutMs: 10_000,
    })
  })

  it('asks twice when both URLs are the same', async () => {
    const { endpoint, subscribe } = aTwin()
    await subscribe({ lifecycleNotificationUrl: HOOK })
    expect(endpoint.handshakes).toHaveLength(2)
  })

  it.each([
    [
      'answers 403',
      () => text('', 403),
      "Subscription validation request failed. HTTP status code is 'Forbidden'. Notification endpoint must respond with 200 OK to validation request.",
    ],
    [
      'answers 202',
      (url: URL) => text(tokenOf(url), 202),
      "Subscription validation request failed. HTTP status code is 'Accepted'. Notification endpoint must respond with 200 OK to validation request.",
    ],
    [
      'echoes the token encoded',
      (url: URL) => text(url.search.split('validationToken=')[1] ?? ''),
      'must exactly match',
    ],
    ['echoes it in quotes', (url: URL) => text(JSON.stringify(tokenOf(url))), 'must exactly match'],
    ['echoes it as HTML', (url: URL) => text(tokenOf(url), 200, 'text/html'), 'text/plain'],
  ])(
    'fails with 400 when the endpoint %s, and nothing is created',
    async (_how, handshake, message) => {
      const { twin, call, endpoint, subscription } = aTwin()
      endpoint.handshake = handshake
      const reply = await call('POST', '/subscriptions', { body: subscription() })
      expect(reply).toMatchObject({ status: 400, body: { error: { code: 'ValidationError' } } })
      expect(reply.body.error.message).toContain(message)
      expect(twin.subscriptions.all()).toEqual([])
    },
  )

  it('fails when nobody answers', async () => {
    const { call, subscription } = aTwin({
      post: () => Promise.reject(new Error('connect ECONNREFUSED')),
    })
    expect(await call('POST', '/subscriptions', { body: subscription() })).toMatchObject({
      status: 400,
      body: {
        error: {
          message:
            'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
        },
      },
    })
  })

  it('fails when only the lifecycle URL does', async () => {
    const { twin, call, endpoint, subscription } = aTwin()
    endpoint.handshake = (url) => text(tokenOf(url), url.pathname === '/life' ? 500 : 200)
    expect((await call('POST', '/subscriptions', { body: subscription() })).status).toBe(400)
    expect(twin.subscriptions.all()).toEqual([])
  })

  it.each([
    [9_999, 201, undefined],
    [10_001, 400, 'Subscription validation request timed out.'],
  ])('waits 10 seconds: an answer after %i ms gives %i', async (ms, status, message) => {
    const { call, clock, endpoint, subscription } = aTwin()
    endpoint.handshake = async (url) => {
      await clock.sleep(ms)
      return text(tokenOf(url))
    }
    const reply = call('POST', '/subscriptions', {
      body: subscription({ lifecycleNotificationUrl: null }),
    })
    await letPromisesRun()
    await clock.advance(10_001)
    expect((await reply).status).toBe(status)
    if (message) expect((await reply).body.error.message).toBe(message)
  })
})
