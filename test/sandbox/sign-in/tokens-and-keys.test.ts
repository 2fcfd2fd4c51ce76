import { describe, expect, it } from '@jest/globals'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { SECOND } from '../../../webhook/duration.ts'
import { flowCrm, people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { API_SCOPE, callToken, refreshParams, startIssuer, tokensFor } from './support.ts'

const CONTOSO = tenants.contoso.id

const getJson = async (url: string): Promise<Record<string, unknown>> =>
  (await (await fetch(url)).json()) as Record<string, unknown>

describe('discovery', () => {
  it.each([
    ['common', '{tenantid}', 'common'],
    ['organizations', '{tenantid}', 'organizations'],
    [CONTOSO, CONTOSO, CONTOSO],
    ['contoso.test', CONTOSO, CONTOSO],
  ])('describes %s as Entra does', async (segment, issuerId, pathId) => {
    await using world = await startIssuer()
    const v2 = await getJson(`${world.url}/${segment}/v2.0/.well-known/openid-configuration`)
    expect(v2).toMatchObject({
      issuer: `${world.url}/${issuerId}/v2.0`,
      token_endpoint: `${world.url}/${pathId}/oauth2/v2.0/token`,
      authorization_endpoint: `${world.url}/${pathId}/oauth2/v2.0/authorize`,
      jwks_uri: `${world.url}/${pathId}/discovery/v2.0/keys`,
    })
    const v1 = await getJson(`${world.url}/${segment}/.well-known/openid-configuration`)
    expect(v1).toMatchObject({
      issuer: `${world.url}/${issuerId}/`,
      jwks_uri: `${world.url}/${pathId}/discovery/keys`,
    })
    for (const uri of [v1['jwks_uri'], v2['jwks_uri']])
      expect(await getJson(String(uri))).toMatchObject({ keys: [{ kty: 'RSA', use: 'sig' }] })
  })

  it('refuses a tenant it does not know, and never publishes a private key', async () => {
    await using world = await startIssuer()
    const unknown = await fetch(`${world.url}/nowhere.test/v2.0/.well-known/openid-configuration`)
    expect(unknown.status).toBe(400)
    expect(await unknown.json()).toMatchObject({ error_codes: [90002] })
    expect(JSON.stringify(await getJson(`${world.url}/common/discovery/v2.0/keys`))).not.toMatch(
      /"(d|p|q)":/,
    )
  })

  it('answers instance discovery', async () => {
    await using world = await startIssuer()
    const { host } = new URL(world.url)
    expect(await getJson(`${world.url}/common/discovery/instance?api-version=1.1`)).toMatchObject({
      metadata: [{ preferred_network: host, aliases: [host] }],
    })
  })
})

describe('access tokens', () => {
  it('are version 1 for Graph and version 2 for our API, as each asks for', async () => {
    await using world = await startIssuer()
    const graph = decodeJwt((await tokensFor(world, 'alice')).access_token!)
    expect(graph).toMatchObject({
      ver: '1.0',
      iss: `${world.url}/${CONTOSO}/`,
      aud: 'https://graph.microsoft.com',
      appid: flowCrm.clientId,
      appidacr: '1',
      upn: 'alice@contoso.test',
      oid: people.alice.oid,
      tid: CONTOSO,
    })
    expect(String(graph['scp']).split(' ').sort()).toEqual(['Mail.Read', 'openid'])

    const api = decodeJwt((await tokensFor(world, 'alice', API_SCOPE)).access_token!)
    expect(api).toMatchObject({
      ver: '2.0',
      iss: `${world.url}/${CONTOSO}/v2.0`,
      aud: flowCrm.clientId,
      azp: flowCrm.clientId,
      preferred_username: 'alice@contoso.test',
      scp: flowCrm.scope,
    })
    expect(api).not.toHaveProperty('appid')
  })

  it('are version 1 for our API when its registration says so', async () => {
    await using world = await startIssuer({ apiTokenVersion: 1 })
    const claims = decodeJwt((await tokensFor(world, 'alice', API_SCOPE)).access_token!)
    expect(claims).toMatchObject({
      ver: '1.0',
      aud: `api://${flowCrm.clientId}`,
      appid: flowCrm.clientId,
    })
  })

  it('name Graph as configured, before or after the start', async () => {
    await using world = await startIssuer({ graphResource: 'http://localhost:4000' })
    const token = (await tokensFor(world, 'alice', 'http://localhost:4000/Mail.Read')).access_token!
    expect((await world.issuer.verifyAccessToken(token)).aud).toBe('http://localhost:4000')
    world.issuer.graphResource = 'http://localhost:5000'
    const later = (await tokensFor(world, 'alice', 'http://localhost:5000/Mail.Read')).access_token!
    expect((await world.issuer.verifyAccessToken(later)).aud).toBe('http://localhost:5000')
  })

  it('tell an administrator by wids, and carry every permission consented to so far', async () => {
    await using world = await startIssuer()
    expect(decodeJwt((await tokensFor(world, 'admin')).access_token!)['wids']).toHaveLength(1)
    expect(decodeJwt((await tokensFor(world, 'alice')).access_token!)['wids']).toBeUndefined()
    const more = await tokensFor(world, 'alice', 'Mail.Send')
    expect((await world.issuer.verifyAccessToken(more.access_token!)).scopes).toEqual(
      expect.arrayContaining(['Mail.Read', 'Mail.Send']),
    )
  })
})

describe('verifying an access token', () => {
  it('refuses it expired, for another audience, forged, or not being one', async () => {
    await using world = await startIssuer()
    const { issuer } = world
    const { access_token: token = '', id_token: idToken = '' } = await tokensFor(world)
    await expect(issuer.verifyAccessToken(token, flowCrm.clientId)).rejects.toMatchObject({
      reason: 'wrong-audience',
    })
    await expect(issuer.verifyAccessToken(idToken, flowCrm.clientId)).rejects.toMatchObject({
      reason: 'malformed',
    })
    await expect(issuer.verifyAccessToken('nonsense')).rejects.toMatchObject({
      reason: 'malformed',
    })
    const [header, body, signature] = token.split('.')
    const raised = { ...decodeJwt(token), scp: 'Mail.ReadWrite' }
    const forgedBody = Buffer.from(JSON.stringify(raised)).toString('base64url')
    const forged = [header, forgedBody, signature].join('.')
    await expect(issuer.verifyAccessToken(forged)).rejects.toMatchObject({
      code: 'invalid_token',
      reason: 'bad-signature',
    })
    const hmac = await new SignJWT(raised)
      .setProtectedHeader({ alg: 'HS256', kid: issuer.keys.current.kid })
      .sign(issuer.keys.current.publicKey.export({ type: 'spki', format: 'der' }))
    await expect(issuer.verifyAccessToken(hmac)).rejects.toMatchObject({ reason: 'bad-signature' })
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
    await expect(issuer.verifyAccessToken(unsigned)).rejects.toMatchObject({
      reason: 'bad-signature',
    })

    await world.clock.advance(3_598 * SECOND)
    await expect(issuer.verifyAccessToken(token)).resolves.toBeDefined()
    await world.clock.advance(SECOND)
    await expect(issuer.verifyAccessToken(token)).rejects.toMatchObject({ reason: 'expired' })
  })

  it('leaves it to Graph to ask whether it was revoked meanwhile', async () => {
    await using world = await startIssuer()
    const { issuer, clock } = world
    const { issuedAt } = await issuer.verifyAccessToken((await tokensFor(world)).access_token!)
    expect(issuer.isRevoked(people.alice.oid, issuedAt)).toBe(false)
    issuer.accounts.revokeSessions(people.alice)
    expect(issuer.isRevoked(people.alice.oid, issuedAt)).toBe(true)
    expect(issuer.isRevoked(people.bob.oid, issuedAt)).toBe(false)
    await clock.advance(SECOND)
    const fresh = await issuer.verifyAccessToken((await tokensFor(world)).access_token!)
    expect(issuer.isRevoked(people.alice.oid, fresh.issuedAt)).toBe(false)
  })
})

describe('signing keys', () => {
  it('rotate: the old one stays good until it is retired', async () => {
    await using world = await startIssuer()
    const { issuer, url, clock } = world
    const first = await tokensFor(world)
    const kid = issuer.keys.rotate()
    const second = await callToken(url, refreshParams(first.refresh_token))
    expect(decodeProtectedHeader(second.access_token!).kid).toBe(kid)

    const keys = () => createRemoteJWKSet(new URL(`${url}/common/discovery/v2.0/keys`))
    const verify = (token = '') =>
      jwtVerify(token, keys(), {
        audience: 'https://graph.microsoft.com',
        currentDate: clock.now(),
      })
    await expect(verify(first.access_token)).resolves.toBeDefined()
    await expect(verify(second.access_token)).resolves.toBeDefined()

    issuer.keys.retireOldKeys()
    await expect(verify(first.access_token)).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    })
    await expect(issuer.verifyAccessToken(first.access_token!)).rejects.toMatchObject({
      reason: 'bad-signature',
    })
    await expect(verify(second.access_token)).resolves.toBeDefined()
  })
})
