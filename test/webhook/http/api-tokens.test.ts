import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { UnsecuredJWT, type JWTPayload } from 'jose'
import { flowCrm, people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { startWorld, type World } from './support/world.ts'
import * as tokens from './support/tokens.ts'

const CONTOSO = tenants.contoso.id
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'

let world: World
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
})
afterAll(() => world[Symbol.asyncDispose]())

const ask = (token: string) => tokens.askWith(token, world)
const goodClaims = () => tokens.goodClaims(world)
const sign = (claims: JWTPayload, header?: tokens.Header, key?: KeyObject) =>
  tokens.signFor(world, claims, header, key)

const strangersKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Signs what jose would not. */
function signByHand(header: tokens.Header): string {
  const { kid, privateKey } = world.issuer.keys.current
  const input = `${part({ alg: 'RS256', kid, ...header })}.${part(goodClaims())}`
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url')}`
}

/** A token whose signature is an HMAC with what everybody knows: the public key. */
function hmacWith(secret: string | Buffer): string {
  const header = part({ alg: 'HS256', typ: 'JWT', kid: world.issuer.keys.current.kid })
  const input = `${header}.${part(goodClaims())}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

describe('the add-in’s token', () => {
  it('from the issuer for our API lets Alice in as who she is', async () => {
    const { accessToken } = await tokens.issuedTo(world, [world.config.entra.apiScope])
    const response = await ask(accessToken)
    expect(response.status).toBe(200)
    expect(world.emails.asked.at(-1)!.person).toEqual({
      workspaceId: CONTOSO,
      userId: people.alice.oid,
      displayName: 'Alice Archer',
      roles: ['member'],
    })
  })

  it('signed by hand like the ones below is good when nothing is wrong with it', async () => {
    expect((await ask(signByHand({}))).status).toBe(200)
    expect((await ask(await sign(goodClaims()))).status).toBe(200)
  })

  it('counts by its ids alone, whatever address it claims', async () => {
    const claims = {
      ...goodClaims(),
      preferred_username: 'admin@contoso.test',
      email: 'bob@contoso.test',
    }
    expect((await ask(await sign(claims))).status).toBe(200)
    expect(world.emails.asked.at(-1)!.person.userId).toBe(people.alice.oid)
  })

  it.each([
    ['a minute past its end', { exp: -60 }, 200],
    ['four minutes past its end', { exp: -240 }, 200],
    ['six minutes past its end', { exp: -360 }, 401],
    ['four minutes before its beginning', { nbf: 240 }, 200],
    ['six minutes before its beginning', { nbf: 360 }, 401],
  ])('%s is judged with five minutes of leeway', async (_, shift: JWTPayload, status) => {
    const { iat } = goodClaims()
    const times = Object.fromEntries(
      Object.entries(shift).map(([claim, seconds]) => [claim, iat! + Number(seconds)]),
    )
    expect((await ask(await sign({ ...goodClaims(), ...times }))).status).toBe(status)
  })

  const without = (claim: string) => {
    const { [claim]: _, ...rest } = goodClaims()
    return sign(rest)
  }
  const withClaims = (claims: JWTPayload) => sign({ ...goodClaims(), ...claims })
  const otherTenant = () => `${world.issuerUrl}/${tenants.fabrikam.id}/v2.0`

  const forged: [string, () => string | Promise<string>][] = [
    ['no algorithm', () => new UnsecuredJWT(goodClaims()).encode()],
    ['HMAC with the public key', () => hmacWith(pem())],
    ['HMAC with the key’s DER', () => hmacWith(der())],
    ['HMAC with nothing', () => hmacWith('')],
    ['an EC key of its own', () => sign(goodClaims(), { alg: 'ES256' }, ecKey.privateKey)],
    ['RS512', () => sign(goodClaims(), { alg: 'RS512' })],
    ['PS256', () => sign(goodClaims(), { alg: 'PS256' })],
    ['a stranger’s key under our key id', () => sign(goodClaims(), {}, strangersKey.privateKey)],
    ['a stranger’s key id', () => sign(goodClaims(), { kid: 'stranger' }, strangersKey.privateKey)],
    ['no key id', () => sign(goodClaims(), { kid: undefined as unknown as string })],
    ['a path for a key id', () => sign(goodClaims(), { kid: '../../../dev/null' })],
    ['a query for a key id', () => sign(goodClaims(), { kid: "' OR 1=1 --" })],
    [
      'its key in its header',
      () =>
        sign(
          goodClaims(),
          { jwk: strangersKey.publicKey.export({ format: 'jwk' }) },
          strangersKey.privateKey,
        ),
    ],
    [
      'its key’s address in its header',
      () => sign(goodClaims(), { jku: 'http://127.0.0.1:1/keys' }, strangersKey.privateKey),
    ],
    [
      'a certificate’s address in its header',
      () => sign(goodClaims(), { x5u: 'http://127.0.0.1:1/cert' }, strangersKey.privateKey),
    ],
    [
      'a claim changed after signing',
      async () => {
        const [header, , signature] = (await sign(goodClaims())).split('.')
        const payload = { ...goodClaims(), oid: people.admin.oid }
        return `${header}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`
      },
    ],
    ['no signature', async () => (await sign(goodClaims())).replace(/[^.]+$/, '')],
    ['no parts', () => 'abc'],
    ['two parts', () => 'abc.def'],
    ['more than 12,000 characters', () => withClaims({ padding: 'x'.repeat(9_000) })],
    ['Graph for its audience', () => withClaims({ aud: 'https://graph.microsoft.com' })],
    [
      'Graph’s id for its audience',
      () => withClaims({ aud: '00000003-0000-0000-c000-000000000000' }),
    ],
    ['the v1 audience', () => withClaims({ aud: `api://${flowCrm.clientId}` })],
    ['no audience', () => without('aud')],
    ['another calling app', () => withClaims({ azp: people.bob.oid })],
    ['no calling app', () => without('azp')],
    ['another tenant’s issuer', () => withClaims({ iss: otherTenant() })],
    ['another tenant’s id', () => withClaims({ tid: tenants.fabrikam.id })],
    ['the template for an issuer', () => withClaims({ iss: `${world.issuerUrl}/{tenantid}/v2.0` })],
    ['the v1 issuer', () => withClaims({ iss: `${world.issuerUrl}/${CONTOSO}/` })],
    [
      'Microsoft’s issuer',
      () => withClaims({ iss: `https://login.microsoftonline.com/${CONTOSO}/v2.0` }),
    ],
    ['no issuer', () => without('iss')],
    ['no tenant', () => without('tid')],
    [
      'a tenant that is no GUID',
      () => withClaims({ tid: 'contoso.test', iss: `${world.issuerUrl}/contoso.test/v2.0` }),
    ],
    [
      'a personal account',
      () => withClaims({ tid: PERSONAL, iss: `${world.issuerUrl}/${PERSONAL}/v2.0` }),
    ],
    ['a tenant that is a list', () => withClaims({ tid: [CONTOSO] })],
    ['no object id', () => without('oid')],
    ['an address for an object id', () => withClaims({ oid: 'alice@contoso.test' })],
    ['version 1.0', () => withClaims({ ver: '1.0' })],
    ['no version', () => without('ver')],
    ['no scope', () => without('scp')],
    ['an empty scope', () => withClaims({ scp: '' })],
    ['another scope', () => withClaims({ scp: 'Mail.Read' })],
    ['a scope that only begins like ours', () => withClaims({ scp: 'access_as_user.all' })],
    ['a role instead of a scope', () => withClaims({ scp: '', roles: ['access_as_user'] })],
    ['an app for its subject', () => withClaims({ idtyp: 'app' })],
    ['no end', () => without('exp')],
    ['no beginning', () => without('nbf')],
    ['an end in words', () => withClaims({ exp: 'tomorrow' as unknown as number })],
    ['a critical extension nobody knows', () => signByHand({ crit: ['x'], x: 1 })],
  ]
  const pem = () =>
    world.issuer.keys.current.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const der = () => world.issuer.keys.current.publicKey.export({ type: 'spki', format: 'der' })

  it.each(forged)('with %s is refused', async (_, make) => {
    const before = world.emails.asked.length
    const response = await ask(await make())
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'not-signed-in' })
    expect(world.emails.asked).toHaveLength(before)
  })

  it('is not the ID token, nor the one for Graph', async () => {
    const { idToken, accessToken } = await tokens.issuedTo(world, [
      'https://graph.microsoft.com/Mail.Read',
    ])
    expect((await ask(idToken)).status).toBe(401)
    expect((await ask(accessToken)).status).toBe(401)
  })

  it.each([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['no token', { authorization: 'Bearer ' }],
    ['two tokens', { authorization: 'Bearer a.b.c d.e.f' }],
  ])('is missing with %s', async (_, headers) => {
    const url = `${world.serviceUrl}/api/v1/emails/status`
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(401)
  })

  it('is not replaced by the console’s cookie', async () => {
    const browser = await world.signedIn('alice')
    const headers = { 'x-csrf-token': browser.csrfToken }
    expect((await browser.send('POST', '/api/v1/emails/status', { headers })).status).toBe(401)
  })

  it('does not open the console’s API', async () => {
    const headers = { authorization: `Bearer ${await sign(goodClaims())}` }
    const response = await fetch(`${world.serviceUrl}/api/v1/mailboxes`, { headers })
    expect(response.status).toBe(401)
  })
})
