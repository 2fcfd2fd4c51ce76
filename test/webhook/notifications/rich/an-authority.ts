import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { AuthorityKeys } from '../../../../webhook/notifications/rich/authority-keys.ts'
import { ValidationTokens } from '../../../../webhook/notifications/rich/validation-tokens.ts'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import { WORKSPACE } from '../../../support/builders.ts'

export const APP = '99999999-9999-4999-8999-999999999999'
export const CHANGE_TRACKING = '0bf30f3b-4a52-48df-9a82-234910c4a086'
const KEY_ID = 'key-1'

export type Minting = {
  version?: 1 | 2
  claims?: JWTPayload
  header?: Record<string, unknown>
  key?: CryptoKey | Uint8Array
}

const keyPair = generateKeyPair('RS256', { extractable: true })

/** An authority whose keys a test may sign with as it likes. Its issuers stand for Entra's two. */
export async function anAuthority() {
  const clock = new VirtualClock()
  const { publicKey, privateKey } = await keyPair
  const publicJwk = await exportJWK(publicKey)
  let url = ''
  let down = false
  const issuers = { 1: () => `${url}/{tenantid}/`, 2: () => `${url}/{tenantid}/v2.0` }
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const version = path.includes('v2.0') ? 2 : 1
    const keysPath = version === 2 ? '/common/discovery/v2.0/keys' : '/common/discovery/keys'
    const document = path.endsWith('/openid-configuration')
      ? { issuer: issuers[version](), jwks_uri: `${url}${keysPath}` }
      : { keys: [{ ...publicJwk, kid: KEY_ID, use: 'sig', issuer: issuers[version]() }] }
    response.writeHead(down ? 503 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(document))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** A good token, but for what a test changes. */
  const token = ({ version = 2, claims = {}, header = {}, key = privateKey }: Minting = {}) => {
    const now = Math.floor(clock.now().getTime() / 1_000)
    const tenant = typeof claims['tid'] === 'string' ? claims['tid'] : WORKSPACE
    return new SignJWT({
      iss: issuers[version]().replace('{tenantid}', tenant),
      aud: APP,
      tid: WORKSPACE,
      ver: `${version}.0`,
      ...(version === 1 ? { appid: CHANGE_TRACKING } : { azp: CHANGE_TRACKING }),
      ...{ iat: now, nbf: now, exp: now + 86_700 },
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, ...header })
      .sign(key)
  }
  return {
    ...{ clock, url, token, asked, privateKey, publicKey },
    tokens: new ValidationTokens({ keys: new AuthorityKeys(url), clientId: APP, clock }),
    goes: (how: 'down' | 'up') => (down = how === 'down'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
export type TestAuthority = Awaited<ReturnType<typeof anAuthority>>
