import { describe, expect, it } from '@jest/globals'
import { aTwin, HOOK } from '../a-twin.ts'
import { aCertificate } from './a-certificate.ts'

const MINUTE = 60_000

describe('keeping a subscription alive (graph-contract 1.1)', () => {
  it('PATCH renews it and answers with the whole', async () => {
    const { call, subscribe, inMinutes } = aTwin()
    const id = await subscribe()
    const reply = await call('PATCH', `/subscriptions/${id}`, {
      body: { expirationDateTime: inMinutes(9_000) },
    })
    expect(reply).toMatchObject({
      status: 200,
      body: {
        id,
        expirationDateTime: inMinutes(9_000).replace('Z', '0000Z'),
        notificationUrl: HOOK,
      },
    })
  })

  it('PATCH moves it to another URL, asking that one first only when the knob says so', async () => {
    const { twin, call, endpoint, subscribe } = aTwin()
    const id = await subscribe()
    const move = (to: string) =>
      call('PATCH', `/subscriptions/${id}`, { body: { notificationUrl: to } })
    expect((await move('https://crm.example/second')).body.notificationUrl).toBe(
      'https://crm.example/second',
    )
    expect(endpoint.handshakes).toHaveLength(2)
    twin.knobs.subscriptions.validateOnPatch = true
    endpoint.handshake = () => ({ status: 500, contentType: '', body: '' })
    expect((await move('https://crm.example/third')).status).toBe(400)
    expect((await call('GET', `/subscriptions/${id}`)).body.notificationUrl).toBe(
      'https://crm.example/second',
    )
  })

  it('PATCH exchanges the certificate', async () => {
    const { call, subscribe, inMinutes } = aTwin()
    const id = await subscribe({
      resource: 'me/messages?$select=subject',
      includeResourceData: true,
      encryptionCertificate: aCertificate.base64,
      encryptionCertificateId: 'key-1',
      expirationDateTime: inMinutes(60),
    })
    const body = { encryptionCertificate: aCertificate.base64, encryptionCertificateId: 'key-2' }
    expect(
      (await call('PATCH', `/subscriptions/${id}`, { body })).body.encryptionCertificateId,
    ).toBe('key-2')
  })

  it.each([
    ['neither of its fields', {}, 'must contain expirationDateTime or notificationUrl'],
    [
      'a lifecycle URL: that is for creation',
      { lifecycleNotificationUrl: HOOK },
      'lifecycleNotificationUrl',
    ],
    ['another resource', { resource: 'me/messages' }, 'camelCased'],
    ['an http URL', { notificationUrl: 'http://crm.example' }, 'https'],
  ])('PATCH is refused with %s', async (_what, body, message) => {
    const { call, subscribe } = aTwin()
    const id = await subscribe()
    const reply = await call('PATCH', `/subscriptions/${id}`, { body })
    expect(reply.status).toBe(400)
    expect(reply.body.error.message).toContain(message)
  })

  it('reauthorize answers 204 and leaves the expiry alone', async () => {
    const { twin, clock, call, token, subscribe } = aTwin()
    const id = await subscribe()
    const before = twin.subscriptions.get(id)?.expiresAt
    await clock.advance(30 * MINUTE)
    expect(await call('POST', `/subscriptions/${id}/reauthorize`, { as: token() })).toMatchObject({
      status: 204,
    })
    expect(twin.subscriptions.get(id)?.expiresAt).toEqual(before)
    expect(twin.subscriptions.get(id)?.authorizedUntil).toEqual(
      new Date(clock.now().getTime() + 3_599_000),
    )
  })

  it.each(['flag', 'refuse'] as const)(
    'PATCH and reauthorize within 10 minutes: %s',
    async (knob) => {
      const { twin, clock, call, subscribe, inMinutes } = aTwin({
        knobs: { subscriptions: { patchAndReauthorize: knob } },
      })
      const id = await subscribe()
      const patch = () =>
        call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: inMinutes(5_000) } })
      const reauthorize = () => call('POST', `/subscriptions/${id}/reauthorize`)
      expect((await patch()).status).toBe(200)
      await clock.advance(9 * MINUTE)
      expect((await reauthorize()).status).toBe(knob === 'flag' ? 204 : 400)
      expect(twin.subscriptions.tooCloseRenewals).toMatchObject([{ subscriptionId: id }])
      await clock.advance(10 * MINUTE)
      expect((await patch()).status).toBe(200)
      expect((await patch()).status).toBe(200)
      expect(twin.subscriptions.tooCloseRenewals).toHaveLength(1)
    },
  )

  it('DELETE answers 204 once, then 404', async () => {
    const { call, subscribe } = aTwin()
    const id = await subscribe()
    expect((await call('DELETE', `/subscriptions/${id}`)).status).toBe(204)
    expect(await call('DELETE', `/subscriptions/${id}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'ResourceNotFound' } },
    })
  })

  it('is for the identity that made it: another one meets 404 (graph-contract 9 #31)', async () => {
    const { call, token, subscribe } = aTwin()
    const id = await subscribe()
    for (const as of [
      token({ oid: null }),
      token({ appId: 'another' }),
      token({ tid: 'another' }),
    ]) {
      expect((await call('DELETE', `/subscriptions/${id}`, { as })).status).toBe(404)
      expect(
        (await call('PATCH', `/subscriptions/${id}`, { as, body: { notificationUrl: HOOK } }))
          .status,
      ).toBe(404)
    }
  })
})
