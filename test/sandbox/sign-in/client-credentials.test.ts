import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { SignJWT } from 'jose'
import { HOUR } from '../../../webhook/duration.ts'
import { flowCrm, tenants } from '../../../sandbox/sign-in/directory.ts'
import { callToken, startIssuer, tokensFor, API_SCOPE, type TestIssuer } from './support.ts'

const APP_ONLY = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' }
const CONTOSO = { tenant: tenants.contoso.id }

describe('an app that acts for itself', () => {
  it('has no role before an administrator consents, and none after the consent is taken back', async () => {
    await using world = await startIssuer()
    const roles = async () => {
      const reply = await callToken(world.url, APP_ONLY, CONTOSO)
      expect(reply.refresh_token).toBeUndefined()
      return (await world.issuer.verifyAccessToken(reply.access_token!)).roles
    }
    expect(await roles()).toEqual([])
    world.issuer.grantAdminConsent()
    expect(await roles()).toEqual(['Mail.Read'])
    world.issuer.consents.revoke({ tenantId: tenants.contoso.id })
    expect(await roles()).toEqual([])
  })

  it('does not exist in a tenant that never let it in', async () => {
    await using world = await startIssuer()
    const fabrikam = { tenant: 'fabrikam.test' }
    world.issuer.grantAdminConsent(tenants.contoso.id)
    expect((await callToken(world.url, APP_ONLY, fabrikam)).error_codes).toEqual([700016])
    world.issuer.grantAdminConsent(tenants.fabrikam.id)
    const reply = await callToken(world.url, APP_ONLY, fabrikam)
    expect(await world.issuer.verifyAccessToken(reply.access_token!)).toMatchObject({
      tid: tenants.fabrikam.id,
    })
  })

  it.each([
    ['no concrete tenant', {}, 'common', 50059],
    [
      'a scope without /.default',
      { scope: 'https://graph.microsoft.com/Mail.Read' },
      'contoso.test',
      1002012,
    ],
    ['no scope', { scope: undefined }, 'contoso.test', 1002012],
    [
      'two resources',
      { scope: `${APP_ONLY.scope} ${API_SCOPE}/.default` },
      'contoso.test',
      1002012,
    ],
    ['an unknown resource', { scope: 'https://elsewhere.test/.default' }, 'contoso.test', 500011],
    ['a wrong secret', { client_secret: 'guess' }, 'contoso.test', 7000215],
    ['no credentials', { client_secret: undefined }, 'contoso.test', 7000218],
  ])('is refused with %s', async (_name, params, tenant, code) => {
    await using world = await startIssuer()
    const reply = await callToken(world.url, { ...APP_ONLY, ...params }, { tenant })
    expect(reply.error_codes).toEqual([code])
  })
})

describe('a client assertion', () => {
  const THUMBPRINT = 'ab'.repeat(32)
  const header = (hex: string) => ({ 'x5t#S256': Buffer.from(hex, 'hex').toString('base64url') })

  function certified({ issuer }: TestIssuer): KeyObject {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    issuer.registration.addCertificate({ thumbprintSha256: THUMBPRINT, publicKeyPem })
    return privateKey
  }

  type Twist = {
    aud?: string
    sub?: string
    alg?: string
    thumbprint?: string
    forgedBy?: KeyObject
  }

  function assertion(world: TestIssuer, key: KeyObject, twist: Twist = {}): Promise<string> {
    const now = Math.floor(world.clock.now().getTime() / 1_000)
    return new SignJWT({ jti: 'j-1' })
      .setProtectedHeader({ alg: twist.alg ?? 'PS256', ...header(twist.thumbprint ?? THUMBPRINT) })
      .setIssuer(flowCrm.clientId)
      .setSubject(twist.sub ?? flowCrm.clientId)
      .setAudience(twist.aud ?? `${world.url}/${tenants.contoso.id}/oauth2/v2.0/token`)
      .setNotBefore(now)
      .setExpirationTime(now + 600)
      .sign(twist.forgedBy ?? key)
  }

  const present = (world: TestIssuer, jwt: string) =>
    callToken(
      world.url,
      {
        ...APP_ONLY,
        client_secret: undefined,
        client_assertion: jwt,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      },
      CONTOSO,
    )

  it('proves the client for the token endpoint or the issuer of the tenant, in PS256 and RS256', async () => {
    await using world = await startIssuer()
    const key = certified(world)
    const issuer = `${world.url}/${tenants.contoso.id}/v2.0`
    for (const twist of [{}, { aud: issuer }, { alg: 'RS256' }])
      expect((await present(world, await assertion(world, key, twist))).status).toBe(200)
  })

  it('is refused when anything about it is wrong', async () => {
    await using world = await startIssuer()
    const key = certified(world)
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const code = async (twist: Twist) =>
      (await present(world, await assertion(world, key, twist))).error_codes?.[0]
    expect(await code({ forgedBy: stranger })).toBe(700027)
    expect(await code({ thumbprint: 'cd'.repeat(32) })).toBe(700027)
    expect(await code({ alg: 'PS512' })).toBe(700027)
    expect(await code({ sub: 'somebody-else' })).toBe(700027)
    expect(await code({ aud: `${world.url}/${tenants.fabrikam.id}/oauth2/v2.0/token` })).toBe(
      700023,
    )
    expect((await present(world, 'not-a-jwt')).error_codes).toEqual([50027])
  })

  it('is refused once its time is over', async () => {
    await using world = await startIssuer()
    const jwt = await assertion(world, certified(world))
    await world.clock.advance(HOUR)
    expect(await present(world, jwt)).toMatchObject({ status: 401, error_codes: [700024] })
  })
})

describe('acting on behalf of a person', () => {
  const exchange = (world: TestIssuer, assertion: string | undefined) =>
    callToken(world.url, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      scope: 'https://graph.microsoft.com/Mail.Read offline_access',
      assertion,
    })

  it('takes our own API’s token, and neither Graph’s nor an expired one', async () => {
    await using world = await startIssuer()
    world.issuer.grantAdminConsent()
    const { access_token: forApi } = await tokensFor(world, 'alice', API_SCOPE)
    const { access_token: forGraph } = await tokensFor(world, 'alice')

    const reply = await exchange(world, forApi)
    expect(reply.refresh_token).toBeDefined()
    expect((await world.issuer.verifyAccessToken(reply.access_token!)).scopes).toContain(
      'Mail.Read',
    )
    expect((await exchange(world, forGraph)).error_codes).toEqual([500131])
    expect((await exchange(world, 'nonsense')).error_codes).toEqual([50027])
    await world.clock.advance(HOUR)
    expect((await exchange(world, forApi)).error_codes).toEqual([500133])
  })
})
