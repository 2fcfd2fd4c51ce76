import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import { DAY, HOUR, MINUTE, SECOND } from '../../../webhook/duration.ts'
import { flowCrm, people, tenants } from '../../../sandbox/sign-in/directory.ts'
import {
  API_SCOPE,
  authorizeUrl,
  callToken,
  codeFor,
  redeemParams,
  refreshParams,
  SPA,
  startIssuer,
  tokensFor,
  type TestIssuer,
  VERIFIER,
} from './support.ts'

const SPA_ORIGIN = new URL(SPA).origin

describe('redeeming a code', () => {
  let shared: TestIssuer
  beforeAll(async () => {
    shared = await startIssuer()
  })
  afterAll(() => shared.issuer[Symbol.asyncDispose]())

  it('gives tokens for 3,599 seconds, and a second time nothing', async () => {
    await using world = await startIssuer()
    const code = codeFor(world)
    const first = await callToken(world.url, redeemParams(code, { client_info: '1' }))
    expect(first).toMatchObject({ status: 200, expires_in: 3_599, token_type: 'Bearer' })
    expect(first.scope?.split(' ')).toEqual(expect.arrayContaining(['Mail.Read', 'openid']))
    expect(JSON.parse(Buffer.from(first.client_info!, 'base64url').toString())).toEqual({
      uid: people.alice.oid,
      utid: tenants.contoso.id,
    })
    expect((await callToken(world.url, redeemParams(code))).error_codes).toEqual([54005])
  })

  it('gives one of two racers the tokens', async () => {
    await using world = await startIssuer()
    const code = codeFor(world)
    const replies = await Promise.all([1, 2, 3].map(() => callToken(world.url, redeemParams(code))))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400])
  })

  it('gives no refresh token without offline_access, and no id token without openid', async () => {
    await using world = await startIssuer()
    const reply = await tokensFor(world, 'alice', 'Mail.Read')
    expect(reply.access_token).toBeDefined()
    expect([reply.refresh_token, reply.id_token]).toEqual([undefined, undefined])
  })

  it('is in time within ten minutes and too late after them', async () => {
    await using world = await startIssuer()
    const [inTime, late] = [codeFor(world), codeFor(world)]
    await world.clock.advance(10 * MINUTE - SECOND)
    expect((await callToken(world.url, redeemParams(inTime))).status).toBe(200)
    await world.clock.advance(SECOND)
    expect((await callToken(world.url, redeemParams(late))).error_codes).toEqual([70008])
  })

  it.each([
    ['a wrong verifier', { code_verifier: VERIFIER.replace('a-', 'b-') }, 501481],
    ['no verifier', { code_verifier: undefined }, 501481],
    ['another redirect URI', { redirect_uri: 'http://localhost:3000/elsewhere' }, 500112],
    ['an unknown code', { code: 'nonsense' }, 70000],
    ['another app', { client_id: 'somebody-else' }, 700016],
    ['a wrong secret', { client_secret: 'guess' }, 7000215],
    ['no secret', { client_secret: undefined }, 7000218],
    ['scopes of two resources', { scope: `Mail.Read ${API_SCOPE}` }, 28000],
    ['a scope nobody consented to', { scope: 'Mail.Send' }, 65001],
    ['a scope that does not exist', { scope: 'Mail.Reed' }, 650053],
    ['a resource that does not exist', { scope: 'https://elsewhere.test/Mail.Read' }, 500011],
    ['broken claims', { claims: '{' }, 900144],
    ['an unknown grant type', { grant_type: 'password' }, 70003],
    ['no grant type', { grant_type: undefined }, 900144],
  ])('refuses %s', async (_name, params, code) => {
    const reply = await callToken(shared.url, redeemParams(codeFor(shared), params))
    expect(reply.error_codes).toEqual([code])
    expect(reply.access_token).toBeUndefined()
  })

  it('refuses a code at another tenant’s endpoint, and an unknown tenant', async () => {
    await using world = await startIssuer()
    const params = redeemParams(codeFor(world))
    expect((await callToken(world.url, params, { tenant: 'fabrikam.test' })).error_codes).toEqual([
      700005,
    ])
    expect((await callToken(world.url, params, { tenant: 'nowhere.test' })).error_codes).toEqual([
      90002,
    ])
    expect((await callToken(world.url, params, { tenant: 'contoso.test' })).status).toBe(200)
  })

  it('takes nothing but a form', async () => {
    await using world = await startIssuer()
    const response = await fetch(`${world.url}/common/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...redeemParams(codeFor(world)), client_id: flowCrm.clientId }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_request', error_codes: [900144] })
  })
})

describe('a single-page app', () => {
  const spaCode = (world: Parameters<typeof codeFor>[0], params: Record<string, string> = {}) =>
    codeFor(world, 'alice', { redirect_uri: SPA, response_mode: 'fragment', ...params })
  const spaRedeem = (code: string) => redeemParams(code, { redirect_uri: SPA })

  it('redeems across origins without a secret, and only its own pages may read the reply', async () => {
    await using world = await startIssuer()
    const reply = await callToken(world.url, spaRedeem(spaCode(world)), { origin: SPA_ORIGIN })
    expect(reply).toMatchObject({ status: 200, refresh_token_expires_in: 86_400 })
    expect(reply.headers.get('access-control-allow-origin')).toBe(SPA_ORIGIN)
    expect(reply.headers.get('vary')).toContain('Origin')

    const stranger = await callToken(world.url, spaRedeem(spaCode(world)), {
      origin: 'http://localhost:6666',
    })
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()

    world.issuer.registration.addRedirectUris({ spa: ['brk-multihub://localhost:3001'] })
    const sandboxed = await callToken(world.url, spaRedeem(spaCode(world)), { origin: 'null' })
    expect(sandboxed.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('cannot redeem from a server, nor a server from a page, nor anybody without PKCE', async () => {
    await using world = await startIssuer()
    expect((await callToken(world.url, spaRedeem(spaCode(world)))).error_codes).toEqual([9002327])
    const origin = SPA_ORIGIN
    expect(
      (await callToken(world.url, redeemParams(codeFor(world)), { origin })).error_codes,
    ).toEqual([9002326])
    const answer = world.issuer.authorizeAs(
      'alice',
      authorizeUrl(world.url, {
        redirect_uri: SPA,
        code_challenge: undefined,
        code_challenge_method: undefined,
      }),
    )
    const code = new URL(answer).searchParams.get('code')!
    expect((await callToken(world.url, spaRedeem(code), { origin })).error_codes).toEqual([9002325])
  })

  it('keeps its first 24 hours however often it refreshes', async () => {
    await using world = await startIssuer()
    const origin = SPA_ORIGIN
    const first = await callToken(world.url, spaRedeem(spaCode(world)), { origin })
    await world.clock.advance(23 * HOUR)
    const second = await callToken(world.url, refreshParams(first.refresh_token), { origin })
    expect(second).toMatchObject({ status: 200, refresh_token_expires_in: 3_600 })
    await world.clock.advance(HOUR)
    const third = await callToken(world.url, refreshParams(second.refresh_token), { origin })
    expect(third.error_codes).toEqual([700084])
  })
})

describe('refreshing', () => {
  it('rotates the token and leaves the old one valid, each for 90 days', async () => {
    await using world = await startIssuer()
    const first = await tokensFor(world)
    await world.clock.advance(90 * DAY - SECOND)
    const second = await callToken(world.url, refreshParams(first.refresh_token))
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await callToken(world.url, refreshParams(first.refresh_token))).status).toBe(200)
    await world.clock.advance(SECOND)
    expect((await callToken(world.url, refreshParams(first.refresh_token))).error_codes).toEqual([
      700082,
    ])
    expect((await callToken(world.url, refreshParams(second.refresh_token))).status).toBe(200)
  })

  it('gives tokens dated by the clock', async () => {
    await using world = await startIssuer()
    const { refresh_token: token } = await tokensFor(world)
    await world.clock.advance(HOUR)
    const reply = await callToken(world.url, refreshParams(token))
    const { iat, nbf, exp } = decodeJwt(reply.access_token!)
    const now = Math.floor(world.clock.now().getTime() / 1_000)
    expect([iat, nbf, exp]).toEqual([now, now, now + 3_599])
  })

  it('says which scopes it gives in the words they were asked for in', async () => {
    await using world = await startIssuer()
    const { refresh_token: token } = await tokensFor(world)
    const long = await callToken(
      world.url,
      refreshParams(token, 'https://graph.microsoft.com/Mail.Read'),
    )
    expect(long.scope?.split(' ')).toContain('https://graph.microsoft.com/Mail.Read')
    const everything = await callToken(
      world.url,
      refreshParams(token, 'https://graph.microsoft.com/.default'),
    )
    expect(everything.scope).toBe(long.scope)
    const short = await callToken(world.url, refreshParams(token, 'mail.read'))
    expect(short.scope?.split(' ')).toContain('Mail.Read')
  })

  it('refuses a token it never gave', async () => {
    await using world = await startIssuer()
    const reply = await callToken(world.url, refreshParams('0.made-up'))
    expect(reply).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_codes: [70000],
      suberror: 'bad_token',
    })
  })

  it('ends with the sessions, and starts again with a new sign-in in the same instant', async () => {
    await using world = await startIssuer()
    const before = await tokensFor(world)
    world.issuer.accounts.revokeSessions(people.alice)
    expect((await callToken(world.url, refreshParams(before.refresh_token))).error_codes).toEqual([
      50173,
    ])
    const after = await tokensFor(world)
    expect((await callToken(world.url, refreshParams(after.refresh_token))).status).toBe(200)
  })

  it('ends with the consent, and only for the person who took it back', async () => {
    await using world = await startIssuer()
    const [alice, bob] = [await tokensFor(world, 'alice'), await tokensFor(world, 'bob')]
    world.issuer.consents.revoke({ oid: people.alice.oid })
    expect(await callToken(world.url, refreshParams(alice.refresh_token))).toMatchObject({
      error_codes: [65001],
      suberror: 'consent_required',
    })
    expect((await callToken(world.url, refreshParams(bob.refresh_token))).status).toBe(200)
  })

  it('ends while the person is disabled', async () => {
    await using world = await startIssuer()
    const { refresh_token: token } = await tokensFor(world)
    world.issuer.accounts.disable(people.alice)
    expect((await callToken(world.url, refreshParams(token))).error_codes).toEqual([50057])
    world.issuer.accounts.enable(people.alice)
    expect((await callToken(world.url, refreshParams(token))).status).toBe(200)
  })

  it('ends with the app’s secret, and goes on with a new one', async () => {
    await using world = await startIssuer()
    const { refresh_token: token } = await tokensFor(world)
    world.issuer.registration.expireSecret(flowCrm.secret, world.clock.now())
    expect(await callToken(world.url, refreshParams(token))).toMatchObject({
      status: 401,
      error_codes: [7000222],
    })
    world.issuer.registration.addSecret('a-new-one')
    const reply = await callToken(world.url, {
      ...refreshParams(token),
      client_secret: 'a-new-one',
    })
    expect(reply.status).toBe(200)
  })
})
