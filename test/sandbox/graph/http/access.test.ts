import { describe, expect, it } from '@jest/globals'
import { ALICE, APP, aTwin, BOB, TENANT } from '../a-twin.ts'

const INBOX = '/me/mailFolders/inbox/messages'

describe('access to mail', () => {
  it('asks for a token with a challenge that names the authority (graph-contract 6.2)', async () => {
    const { call } = aTwin()
    const reply = await call('GET', INBOX, { as: null })
    expect(reply).toMatchObject({
      status: 401,
      body: { error: { code: 'InvalidAuthenticationToken' } },
    })
    expect(reply.headers['www-authenticate']).toBe(
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
    )
  })

  it('refuses a token that cannot be read', async () => {
    const { call } = aTwin()
    const reply = await call('GET', INBOX, { as: 'no.such.token' })
    expect(reply).toMatchObject({
      status: 401,
      body: { error: { code: 'InvalidAuthenticationToken' } },
    })
    expect(reply.body.error.message).toContain('CompactToken')
  })

  it('refuses a token from the moment it expires', async () => {
    const { call, token, clock } = aTwin()
    const as = token({ lifetimeMs: 60_000 })
    expect((await call('GET', INBOX, { as })).status).toBe(200)
    await clock.advance(60_000)
    const reply = await call('GET', INBOX, { as })
    expect(reply).toMatchObject({
      status: 401,
      body: { error: { message: 'Lifetime validation failed, the token is expired.' } },
    })
  })

  it.each([
    ['a user with Mail.Read', { scopes: ['Mail.Read'] }, 200],
    ['a user with Mail.ReadWrite', { scopes: ['Mail.ReadWrite'] }, 200],
    ['a user who may only send', { scopes: ['Mail.Send'] }, 403],
    ['a user whose token has a role, but no scope', { scopes: [], roles: ['Mail.Read'] }, 403],
  ])('lets %s read their own Inbox, or not: %#', async (_who, traits, status) => {
    const { call, token } = aTwin()
    const reply = await call('GET', INBOX, { as: token(traits) })
    expect(reply.status).toBe(status)
    if (status === 403) expect(reply.body.error.code).toBe('ErrorAccessDenied')
  })

  it.each([
    ['with the role', ['Mail.Read'], 200],
    ['without it', ['User.Read.All'], 403],
  ])('opens any mailbox to an app of its own %s', async (_which, roles, status) => {
    const { call, token } = aTwin()
    expect(
      (await call('GET', `/users/${BOB}/messages`, { as: token({ oid: null, roles }) })).status,
    ).toBe(status)
  })

  it('opens another mailbox to a user only when it is shared with him and the scope says so (graph-contract 7.2)', async () => {
    const { twin, call, token } = aTwin()
    const shared = token({ scopes: ['Mail.Read', 'Mail.Read.Shared'] })
    expect((await call('GET', `/users/${BOB}/messages`, { as: shared })).status).toBe(403)
    twin.knobs.http.sharedWith = { [BOB]: [ALICE] }
    expect((await call('GET', `/users/${BOB}/messages`, { as: shared })).status).toBe(200)
    expect(
      (await call('GET', `/users/${BOB}/messages`, { as: token({ scopes: ['Mail.Read'] }) }))
        .status,
    ).toBe(403)
  })

  it('knows no mailbox of another tenant, not even for an app that may read all mail', async () => {
    const { twin, call, token } = aTwin()
    const CAROL = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc'
    const tenantId = '22222222-2222-4222-8222-222222222222'
    const address = 'carol@elsewhere.example'
    twin.mailboxes.addMailbox({ userId: CAROL, address, displayName: 'Carol', tenantId })
    const resource = `/users/${CAROL}/messages`
    const asApp = (tid: string) => ({ as: token({ oid: null, tid }) })
    expect((await call('GET', resource, asApp(tenantId))).status).toBe(200)
    const unknown = { status: 404, body: { error: { code: 'ResourceNotFound' } } }
    expect(await call('GET', resource, asApp(TENANT))).toMatchObject(unknown)
    expect(await call('GET', resource.replace(CAROL, address), asApp(TENANT))).toMatchObject(
      unknown,
    )
    const body = {
      ...{ changeType: 'created', resource, notificationUrl: 'https://crm.example/graph' },
      expirationDateTime: '2026-11-21T09:00:00Z',
    }
    expect((await call('POST', '/subscriptions', { ...asApp(TENANT), body })).status).toBe(404)
  })

  it('keeps an app to the mailboxes on its allow-list (graph-contract 7.5)', async () => {
    const { twin, call, token } = aTwin()
    twin.knobs.http.mailboxAllowList = { [APP]: [ALICE] }
    const as = token({ oid: null })
    expect((await call('GET', `/users/${ALICE}/messages`, { as })).status).toBe(200)
    expect(await call('GET', `/users/${BOB}/messages`, { as })).toMatchObject({
      status: 403,
      body: { error: { code: 'ErrorAccessDenied', message: 'Access to OData is disabled.' } },
    })
  })

  it('challenges a revoked token for newer claims, if its client can answer (graph-contract 6.2)', async () => {
    const { twin, clock, call, token } = aTwin()
    const [able, unable] = [token({ capabilities: ['cp1'] }), token()]
    for (const as of [able, unable]) await call('GET', INBOX, { as })
    twin.desk.challengeToken(ALICE)
    const reply = await call('GET', INBOX, { as: able })
    expect(reply.status).toBe(401)
    const [, claims = ''] =
      /error="insufficient_claims", claims="([^"]+)"/.exec(
        reply.headers['www-authenticate'] ?? '',
      ) ?? []
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toEqual({
      access_token: { nbf: { essential: true, value: String(clock.now().getTime() / 1_000) } },
    })
    expect((await call('GET', INBOX, { as: unable })).status).toBe(200)
    await clock.advance(1_000)
    const capabilities = ['CP1']
    expect((await call('GET', INBOX, { as: token({ capabilities }) })).status).toBe(401)
    const newer = token({ capabilities, newerThan: clock.now() })
    expect((await call('GET', INBOX, { as: newer })).status).toBe(200)
  })

  it('knows me for a signed-in user only', async () => {
    const { call, token } = aTwin()
    expect(await call('GET', INBOX, { as: token({ oid: null }) })).toMatchObject({
      status: 400,
      body: { error: { message: '/me request is only valid with delegated authentication flow.' } },
    })
  })
})

describe('an upload URL (graph-contract 5)', () => {
  it('takes bytes from who has no token at all', async () => {
    const { twin, call, deliver } = aTwin()
    const { defaultId } = await deliver()
    const AttachmentItem = { attachmentType: 'file', name: 'plan.txt', size: 4 }
    const session = await call(
      'POST',
      `/me/messages/${defaultId}/attachments/createUploadSession`,
      { body: { AttachmentItem } },
    )
    expect(session.status).toBe(201)
    const { uploadUrl } = session.body as unknown as { uploadUrl: string }
    const path = uploadUrl.split('/v1.0')[1] ?? ''
    const headers = { 'content-type': 'application/octet-stream', 'content-range': 'bytes 0-3/4' }
    expect((await call('PUT', path, { as: null, body: 'plan', headers })).status).toBe(201)
    expect(twin.requests.last(1)[0]?.caller?.appId).toBe('')
    expect((await call('GET', path, { as: null })).status).toBe(401)
  })
})
