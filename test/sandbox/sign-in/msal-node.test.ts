import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import { flowCrm, people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { API_SCOPE, msalNode, signIn, startIssuer } from './support.ts'

const GRAPH_DEFAULT = ['https://graph.microsoft.com/.default']

describe('the real msal-node over plain http', () => {
  it('signs Alice in with a code and PKCE', async () => {
    await using world = await startIssuer()
    const client = await msalNode(world.url)

    const result = await signIn(client, world, 'alice')

    expect(result.account).toMatchObject({
      username: 'alice@contoso.test',
      name: 'Alice Archer',
      tenantId: tenants.contoso.id,
      localAccountId: people.alice.oid,
      homeAccountId: `${people.alice.oid}.${tenants.contoso.id}`,
    })
    expect(await world.issuer.verifyAccessToken(result.accessToken)).toMatchObject({
      appId: flowCrm.clientId,
      oid: people.alice.oid,
      tid: tenants.contoso.id,
      scopes: expect.arrayContaining(['Mail.Read']),
      roles: [],
    })
  })

  it('refreshes silently, also for another resource', async () => {
    await using world = await startIssuer()
    const client = await msalNode(world.url)
    const first = await signIn(client, world, 'alice', ['Mail.Read'])
    const account = first.account!
    await world.clock.advance(5_000)

    const again = await client.acquireTokenSilent({
      account,
      scopes: ['Mail.Read'],
      forceRefresh: true,
    })
    expect(again.fromCache).toBe(false)
    expect(again.accessToken).not.toBe(first.accessToken)
    expect(decodeJwt(again.accessToken).iat).toBe(decodeJwt(first.accessToken).iat! + 5)

    const cached = await client.acquireTokenSilent({ account, scopes: ['Mail.Read'] })
    expect(cached).toMatchObject({ fromCache: true, accessToken: again.accessToken })

    world.issuer.grantAdminConsent()
    const api = await client.acquireTokenSilent({ account, scopes: [API_SCOPE] })
    expect(await world.issuer.verifyAccessToken(api.accessToken, flowCrm.clientId)).toMatchObject({
      scopes: ['access_as_user'],
    })
  })

  it('acts for itself with a secret', async () => {
    await using world = await startIssuer()
    world.issuer.grantAdminConsent()
    const client = await msalNode(world.url, tenants.contoso.id)

    const result = await client.acquireTokenByClientCredential({ scopes: GRAPH_DEFAULT })

    const token = await world.issuer.verifyAccessToken(result!.accessToken)
    expect(token).toMatchObject({ roles: ['Mail.Read'], scopes: [], tid: tenants.contoso.id })
    expect(token.oid).toBeUndefined()
  })

  it.each(['thumbprintSha256', 'thumbprint'] as const)(
    'acts for itself with a certificate known by %s',
    async (name) => {
      await using world = await startIssuer()
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const hex = randomBytes(name === 'thumbprint' ? 20 : 32).toString('hex')
      world.issuer.grantAdminConsent()
      world.issuer.registration.addCertificate({
        [name]: hex,
        publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      })
      const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      const client = await msalNode(world.url, tenants.contoso.id, {
        clientCertificate: { [name]: hex, privateKey: privateKeyPem },
      })

      const result = await client.acquireTokenByClientCredential({ scopes: GRAPH_DEFAULT })

      expect(await world.issuer.verifyAccessToken(result!.accessToken)).toMatchObject({
        roles: ['Mail.Read'],
      })
      expect(decodeJwt(result!.accessToken)['appidacr']).toBe('2')
    },
  )

  it('exchanges the add-in’s token for one of Graph on behalf of Alice', async () => {
    await using world = await startIssuer()
    const client = await msalNode(world.url, tenants.contoso.id)
    world.issuer.grantAdminConsent()
    const { accessToken } = await signIn(client, world, 'alice', [API_SCOPE])

    const result = await client.acquireTokenOnBehalfOf({
      oboAssertion: accessToken,
      scopes: ['https://graph.microsoft.com/Mail.Read'],
    })

    expect(await world.issuer.verifyAccessToken(result!.accessToken)).toMatchObject({
      oid: people.alice.oid,
      scopes: expect.arrayContaining(['Mail.Read']),
    })
  })

  it('says in the token that the client can take a claims challenge', async () => {
    await using world = await startIssuer()
    const client = await msalNode(world.url, 'common', {
      clientSecret: flowCrm.secret,
      clientCapabilities: ['cp1'],
    })
    const { accessToken } = await signIn(client, world, 'alice')
    expect((await world.issuer.verifyAccessToken(accessToken)).capabilities).toEqual(['cp1'])
  })
})
