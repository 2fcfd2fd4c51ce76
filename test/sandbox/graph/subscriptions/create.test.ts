import { describe, expect, it } from '@jest/globals'
import { ALICE, APP, aTwin, BOB, HOOK, LIFE } from '../a-twin.ts'

const INBOX = `/users/${ALICE}/mailFolders('inbox')/messages`

describe('creating a subscription', () => {
  it('answers 201 with what was sent and what Graph adds (graph-contract 1.2)', async () => {
    const { call, subscription, inMinutes } = aTwin()
    const reply = await call('POST', '/subscriptions', { body: subscription() })
    expect(reply.status).toBe(201)
    expect(reply.body).toEqual({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resource: INBOX,
      applicationId: APP,
      creatorId: ALICE,
      changeType: 'created,updated,deleted',
      clientState: 'secret',
      notificationUrl: HOOK,
      lifecycleNotificationUrl: LIFE,
      expirationDateTime: inMinutes(4_000).replace('Z', '0000Z'),
      latestSupportedTlsVersion: 'v1_2',
      notificationQueryOptions: null,
      notificationContentType: null,
      includeResourceData: null,
      encryptionCertificate: null,
      encryptionCertificateId: null,
      notificationUrlAppId: null,
    })
  })

  it.each([
    ['JSON that is none', '{"changeType":', 'camelCased'],
    ['a list', [], 'camelCased'],
    ['a property Graph does not know', { NotificationUrl: HOOK }, 'camelCased'],
    ['an unknown change type', { changeType: 'created,moved' }, 'camelCased'],
    ['a date without zone', { expirationDateTime: '2026-11-21T09:00:00' }, 'camelCased'],
    [
      'no changeType',
      { changeType: null },
      'changeType is a required property for subscription creation',
    ],
    [
      'no resource',
      { resource: undefined },
      'resource is a required property for subscription creation',
    ],
    [
      'no notificationUrl',
      { notificationUrl: null },
      'notificationUrl is a required property for subscription creation',
    ],
    [
      'no expiry',
      { expirationDateTime: null },
      'expirationDateTime is a required property for subscription creation',
    ],
    ['129 characters of clientState', { clientState: 'x'.repeat(129) }, '128'],
    ['an http URL elsewhere', { notificationUrl: 'http://crm.example/graph' }, 'https'],
    [
      'an http lifecycle URL elsewhere',
      { lifecycleNotificationUrl: 'http://crm.example/life' },
      'https',
    ],
    ['a resource that is no mail', { resource: '/me/drive/root' }, 'not supported'],
    [
      'an absolute resource',
      { resource: `https://graph.microsoft.com/v1.0/me/messages` },
      'not supported',
    ],
    [
      'a filter nobody can read',
      { resource: 'me/messages?$filter=isRead likes' },
      'Invalid filter',
    ],
  ])('refuses %s with 400 (graph-contract 1.6)', async (_what, changes, message) => {
    const { twin, call, subscription } = aTwin()
    const isWhole = typeof changes === 'string' || Array.isArray(changes)
    const reply = await call('POST', '/subscriptions', {
      body: isWhole ? changes : subscription(changes),
    })
    expect(reply.status).toBe(400)
    expect(reply.body.error.message).toContain(message)
    expect(twin.subscriptions.all()).toEqual([])
  })

  it.each([
    '$top=5',
    '$skip=1',
    '$orderby=subject',
    '$select=subject,body',
    '$select=uniqueBody',
    '$expand=attachments',
  ])('refuses %s in the resource with the literal text (graph-contract 1.6)', async (query) => {
    const { call, subscription } = aTwin()
    const reply = await call('POST', '/subscriptions', {
      body: subscription({ resource: `me/messages?${query}` }),
    })
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 'ExtensionError' } } })
    expect(reply.body.error.message).toMatch(
      /^Operation: Create; Exception: \[Status Code: BadRequest; Reason: \$top, \$skip, \$orderby, \$select=body,uniqueBody and \$expand other than .* are not supported in subscription resource Url\.\]$/,
    )
  })

  it('takes clientState of 128 characters and https or loopback URLs', async () => {
    const { subscribe } = aTwin()
    await subscribe({
      clientState: 'x'.repeat(128),
      notificationUrl: 'http://localhost:9/a',
      lifecycleNotificationUrl: 'http://127.0.0.1:9/b',
    })
  })

  it('wants https everywhere when loopback is not allowed', async () => {
    const { call, subscription } = aTwin({ knobs: { subscriptions: { allowLoopbackHttp: false } } })
    expect(
      (
        await call('POST', '/subscriptions', {
          body: subscription({ notificationUrl: 'http://localhost:9/a' }),
        })
      ).status,
    ).toBe(400)
  })

  it.each([
    ['me/messages', undefined],
    ['/me/mailfolders/Inbox/messages', 'inbox'],
    [`Users('${ALICE}')/MailFolders('inbox')/Messages`, 'inbox'],
    ['/users/alice@flow.example/messages', undefined],
    ['me/messages?$filter=isRead eq false&$select=subject', undefined],
    ["me/messages?$expand=singleValueExtendedProperties($filter=id eq 'x')", undefined],
  ])('understands %s (graph-contract 1.3)', async (resource, folder) => {
    const { twin, subscribe } = aTwin()
    await subscribe({ resource })
    const folderId = folder && twin.mailboxes.findFolder(ALICE, folder)?.id
    expect(twin.subscriptions.all()[0]?.target).toMatchObject({
      mailbox: ALICE,
      ...(folderId ? { folderId } : {}),
    })
    expect(twin.subscriptions.all()[0]?.target.folderId).toBe(folderId)
  })

  it('keeps the kind of ids that was asked for (graph-contract 1.2)', async () => {
    const { twin, subscribe } = aTwin()
    await subscribe({}, { headers: { prefer: 'outlook.timezone="UTC", IdType="ImmutableId"' } })
    await subscribe({ resource: 'me/messages' })
    expect(twin.subscriptions.all().map(({ idType }) => idType)).toEqual(['immutable', 'default'])
  })
})

describe('whose mailbox one may subscribe to (graph-contract 1.5)', () => {
  const FORBIDDEN = 'Operation: Create; Exception: [Status Code: Forbidden; Reason: Forbidden]'
  const shared = { scopes: ['Mail.Read', 'Mail.Read.Shared'] }

  it.each([
    ['a user to another’s, even when shared', shared, { resource: `/users/${BOB}/messages` }],
    ['a user who may only send', { scopes: ['Mail.Send'] }, {}],
    ['a user who may write, but not expressly read', { scopes: ['Mail.ReadWrite'] }, {}],
    ['an app without the role', { oid: null, roles: ['User.Read.All'] }, {}],
  ])('not %s: 403 ExtensionError', async (_who, traits, changes) => {
    const { twin, call, token, subscription } = aTwin()
    twin.knobs.http.sharedWith = { [BOB]: [ALICE] }
    const reply = await call('POST', '/subscriptions', {
      as: token(traits),
      body: subscription(changes),
    })
    expect(reply).toMatchObject({
      status: 403,
      body: { error: { code: 'ExtensionError', message: FORBIDDEN } },
    })
  })

  it('an app to any, unless an allow-list keeps it out', async () => {
    const { twin, call, token, subscription } = aTwin()
    const as = token({ oid: null })
    const body = subscription({ resource: `/users/${BOB}/messages` })
    expect((await call('POST', '/subscriptions', { as, body })).status).toBe(201)
    twin.knobs.http.mailboxAllowList = { [APP]: [ALICE] }
    expect(
      (await call('POST', '/subscriptions', { as, body: { ...body, changeType: 'created' } }))
        .status,
    ).toBe(403)
  })

  it.each([
    [
      'not-enabled',
      404,
      'Operation: Create; Exception: [Status Code: NotFound; Reason: REST API is not yet supported for this mailbox.]',
    ],
    [
      'quarantined',
      500,
      'Operation: Create; Exception: [Status Code: InternalServerError; Reason: Request has been quarantined by condition.]',
    ],
  ] as const)(
    'nobody to one that is %s: %i (graph-contract 1.6)',
    async (state, status, message) => {
      const { twin, call, token, subscription } = aTwin()
      const userId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc'
      twin.mailboxes.addMailbox({ userId, address: 'c@flow.example', displayName: 'C', state })
      const body = subscription({ resource: `/users/${userId}/messages` })
      expect(
        await call('POST', '/subscriptions', { as: token({ oid: null }), body }),
      ).toMatchObject({
        status,
        body: { error: { code: 'ExtensionError', message } },
      })
    },
  )

  it.each([
    ['mailbox', '/users/nobody@flow.example/messages'],
    ['folder', "/me/mailFolders('nowhere')/messages"],
  ])('nobody to a %s that does not exist: 404', async (_what, resource) => {
    const { call, token, subscription } = aTwin()
    const as = resource.startsWith('/users') ? token({ oid: null }) : token()
    expect(
      await call('POST', '/subscriptions', { as, body: subscription({ resource }) }),
    ).toMatchObject({
      status: 404,
      body: { error: { code: 'ExtensionError' } },
    })
  })
})
