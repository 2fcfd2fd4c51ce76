import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import { tenants } from '../../../sandbox/sign-in/directory.ts'
import { AddinSettings } from '../../../models/wire/addin-settings.ts'
import type { Config } from '../../../webhook/config/config.ts'
import { Entra } from '../../../webhook/sign-in/entra.ts'
import { aCertificate } from '../../sandbox/graph/subscriptions/a-certificate.ts'
import { startWorld } from '../http/support/world.ts'
import { appMailbox } from './support.ts'

const CLIENT_ID = 'f10c2300-0006-4f10-8c23-0000000f10c2'

const entraOf = (authorityUrl: string, tenant = 'organizations') => {
  const entra: Config['entra'] = {
    authorityUrl,
    tenant,
    clientId: CLIENT_ID,
    apiScope: `api://${CLIENT_ID}/access_as_user`,
  }
  const credential = { kind: 'secret' as const, secret: 'a-secret-of-the-app' }
  return new Entra({ entra, apiUrl: 'https://crm.example.com', credential })
}

/** Answers discovery, or fails while `isDown`, and counts. */
async function startAuthority() {
  const state = { asked: 0, isDown: false, url: '' }
  const server: Server = createServer((_request, response) => {
    state.asked += 1
    if (state.isDown) return void response.writeHead(503).end('<h1>Down</h1>')
    response.end(
      JSON.stringify({
        issuer: `${state.url}/{tenantid}/v2.0`,
        jwks_uri: `${state.url}/organizations/discovery/v2.0/keys`,
        authorization_endpoint: `${state.url}/organizations/oauth2/v2.0/authorize`,
        token_endpoint: `${state.url}/organizations/oauth2/v2.0/token`,
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    state,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('the authority', () => {
  it.each([
    'https://login.microsoftonline.com',
    'https://login.microsoftonline.us',
    'https://login.chinacloudapi.cn',
  ])('%s is left to MSAL, which knows it', async (authorityUrl) => {
    expect(await entraOf(authorityUrl).addinSettings()).toEqual({
      apiUrl: 'https://crm.example.com',
      clientId: CLIENT_ID,
      scope: `api://${CLIENT_ID}/access_as_user`,
      authority: `${authorityUrl}/organizations`,
      knownAuthorities: [],
    })
  })

  it('over http goes by an https name that nobody calls, its metadata in hand', async () => {
    await using authority = await startAuthority()
    const settings = await entraOf(authority.state.url).addinSettings()

    const { host } = new URL(authority.state.url)
    expect(AddinSettings.parse(settings)).toEqual(settings)
    expect(settings).toMatchObject({
      authority: `https://${host}/organizations`,
      knownAuthorities: [host],
    })
    expect(JSON.parse(settings.authorityMetadata!)).toMatchObject({
      token_endpoint: `${authority.state.url}/organizations/oauth2/v2.0/token`,
    })
    expect(JSON.stringify(settings)).not.toContain('a-secret-of-the-app')
  })

  it('is asked once, however many want to know', async () => {
    await using authority = await startAuthority()
    const entra = entraOf(authority.state.url)
    await Promise.all(Array.from({ length: 20 }, () => entra.addinSettings()))
    await entra.discovery()
    expect(authority.state.asked).toBe(1)
  })

  it('may be down when the service starts, and is asked again by who comes later', async () => {
    await using authority = await startAuthority()
    const entra = entraOf(authority.state.url)
    authority.state.isDown = true
    await expect(entra.addinSettings()).rejects.toMatchObject({
      code: 'provider-unavailable',
      retry: 'later',
    })
    authority.state.isDown = false
    expect(await entra.addinSettings()).toMatchObject({ clientId: CLIENT_ID })
  })

  it('is left for the page where an administrator agrees for the whole tenant', () => {
    const url = entraOf('https://login.microsoftonline.com').adminConsentUrl('contoso.test', {
      state: 'a b',
    })
    expect(url).toBe(
      `https://login.microsoftonline.com/contoso.test/v2.0/adminconsent?client_id=${CLIENT_ID}&state=a+b`,
    )
  })
})

describe('the certificate of the app', () => {
  it('proves who the app is, by its thumbprint and key from two files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flowcrm-'))
    const pemOf = (label: string, base64: string) =>
      `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`
    const certificatePem = pemOf('CERTIFICATE', aCertificate.base64)
    const [certificateFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    await writeFile(certificateFile, certificatePem)
    await writeFile(keyFile, pemOf('PRIVATE KEY', aCertificate.privateKey))
    await using world = await startWorld({
      env: {
        CLIENT_SECRET: '',
        CLIENT_CERTIFICATE_FILE: certificateFile,
        CLIENT_CERTIFICATE_KEY_FILE: keyFile,
      },
    })
    const { fingerprint256, publicKey } = new X509Certificate(certificatePem)
    world.issuer.grantAdminConsent()
    world.issuer.registration.addCertificate({
      thumbprintSha256: fingerprint256,
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    })

    const token = await world.mailTokens.accessTokenFor(appMailbox(tenants.contoso.id))

    expect(decodeJwt(token)).toMatchObject({ appidacr: '2', roles: ['Mail.Read'] })
    await rm(folder, { recursive: true })
  })
})
