import { describe, expect, it } from '@jest/globals'
import { aTwin, BOB } from '../a-twin.ts'
import { aCertificate } from './a-certificate.ts'

describe('how many subscriptions there may be', () => {
  it.each([
    ['as it was', {}],
    ['with another URL', { notificationUrl: 'https://crm.example/other' }],
    ['with its types in another order', { changeType: 'deleted,updated,created' }],
    ['with the folder spelt another way', { resource: 'me/mailfolders/INBOX/messages' }],
  ])(
    'refuses the same again, %s: 409 with the literal text (graph-contract 1.6)',
    async (_how, changes) => {
      const { subscribe, call, subscription } = aTwin()
      await subscribe()
      expect(await call('POST', '/subscriptions', { body: subscription(changes) })).toMatchObject({
        status: 409,
        body: {
          error: { message: 'Subscription Id <> already exists for the requested combination' },
        },
      })
    },
  )

  it('sees two creates at once, too', async () => {
    const { call, subscription } = aTwin()
    const replies = await Promise.all(
      [1, 2].map(() => call('POST', '/subscriptions', { body: subscription() })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it.each([
    ['other types', { changeType: 'created' }, {}],
    ['another folder', { resource: 'me/messages' }, {}],
    ['another app', {}, { appId: 'another' }],
    ['the app itself', {}, { oid: null }],
  ])('allows %s beside it', async (_what, changes, traits) => {
    const { subscribe, token } = aTwin()
    await subscribe()
    await subscribe(changes, { as: token(traits) })
  })

  it('stops at the limit of the mailbox, all apps together: 403 that names it (graph-contract 1.4)', async () => {
    const { twin, subscribe, call, token, subscription } = aTwin({
      knobs: { subscriptions: { maxPerMailbox: 3 } },
    })
    expect(aTwin().twin.knobs.subscriptions.maxPerMailbox).toBe(1_000)
    for (const appId of ['one', 'two', 'three']) await subscribe({}, { as: token({ appId }) })
    const reply = await call('POST', '/subscriptions', { body: subscription() })
    expect(reply.status).toBe(403)
    expect(reply.body.error.message).toContain('3')
    await subscribe({ resource: `/users/${BOB}/messages` }, { as: token({ oid: BOB }) })
    expect(twin.subscriptions.all()).toHaveLength(4)
  })
})

describe('a subscription with resource data (graph-contract 2.4)', () => {
  const rich = (changes: object = {}) => ({
    resource: 'me/messages?$select=subject',
    includeResourceData: true,
    encryptionCertificate: aCertificate.base64,
    encryptionCertificateId: 'key-1',
    ...changes,
  })

  it('shows its certificate and its short life', async () => {
    const { call, subscription, inMinutes } = aTwin()
    const { status, body } = await call('POST', '/subscriptions', {
      body: subscription({ ...rich(), expirationDateTime: inMinutes(1_440) }),
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ includeResourceData: true, encryptionCertificateId: 'key-1' })
  })

  it.each([
    [
      'lives longer than a day',
      { expirationDateTime: '2026-11-21T09:01:00Z' },
      'Subscription expiration can only be 1440 minutes in the future.',
    ],
    [
      'selects nothing',
      { resource: 'me/messages' },
      'select clause should be present in query string to support rich notifications',
    ],
    [
      'has a certificate that is none',
      { encryptionCertificate: 'AAAA' },
      'Certificate validation error: Cannot find the requested object.',
    ],
    [
      'has no certificate',
      { encryptionCertificate: null },
      'Certificate validation error: Cannot find the requested object.',
    ],
    [
      'does not name its certificate',
      { encryptionCertificateId: null },
      'Certificate validation error: Cannot find the requested object.',
    ],
    [
      'has a certificate of an elliptic curve',
      { encryptionCertificate: aCertificate.elliptic },
      'Certificate validation error: Cannot find the requested object.',
    ],
  ])('is refused when it %s', async (_why, changes, message) => {
    const { call, subscription, inMinutes } = aTwin()
    const body = subscription({ expirationDateTime: inMinutes(600), ...rich(changes) })
    expect(await call('POST', '/subscriptions', { body })).toMatchObject({
      status: 400,
      body: { error: { message } },
    })
  })
})
