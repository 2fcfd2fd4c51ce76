import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JWTPayload } from 'jose'
import { tenants } from '../../../../sandbox/sign-in/directory.ts'
import { keyPair, type KeyPair } from '../../../../sandbox/sign-in/state/ready-keys.ts'

/** The tenant of personal accounts. */
export const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'

const pairs = () => ({
  /** What signs the good ones, published as `current`. */
  ours: keyPair(0),
  /** Published too, under every other name. */
  other: keyPair(1),
  /** Nobody's. */
  stranger: keyPair(2),
  short: generateKeyPairSync('rsa', { modulusLength: 1_024 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
})
export type Keys = ReturnType<typeof pairs>

/** An authority that publishes what the twin's never would: keys for others, for other uses, of other kinds. */
export async function anAuthority() {
  const keys = pairs()
  const state = { url: '', keysAsked: 0 }
  const issuerOf = (tenant: string) => `${state.url}/${tenant}/v2.0`
  const published = () => {
    const issuer = issuerOf('{tenantid}')
    const jwk = (kid: string, { publicKey }: KeyPair, more: object = {}) => ({
      ...publicKey.export({ format: 'jwk' }),
      ...{ kid, use: 'sig', issuer, ...more },
    })
    return [
      jwk('current', keys.ours),
      jwk('sibling', keys.other),
      jwk('personal', keys.other, { issuer: issuerOf(PERSONAL) }),
      jwk('fabrikam', keys.other, { issuer: issuerOf(tenants.fabrikam.id) }),
      jwk('odd-issuer', keys.other, { issuer: 7 }),
      jwk('encryption', keys.other, { use: 'enc' }),
      jwk('for-rs512', keys.other, { alg: 'RS512' }),
      jwk('ec', keys.ec),
    ]
  }
  const answerTo = (path: string): unknown => {
    if (path.endsWith('/keys')) return { keys: (state.keysAsked++, published()) }
    return {
      issuer: issuerOf('{tenantid}'),
      jwks_uri: `${state.url}/keys`,
      authorization_endpoint: `${state.url}/authorize`,
      token_endpoint: `${state.url}/token`,
    }
  }
  const server = createServer((request, response) =>
    response.end(JSON.stringify(answerTo(request.url ?? ''))),
  )
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  state.url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    ...{ keys, state, url: state.url },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** Tokens that must not be accepted, each with what is wrong about it. */
export type Cases = [what: string, token: string][]
export type Header = Record<string, unknown>
type Signature = (input: string) => Buffer

export const base64url = (bytes: string | Buffer): string =>
  Buffer.from(bytes).toString('base64url')

export const rsa =
  (key: KeyObject, hash = 'sha256'): Signature =>
  (input) =>
    sign(hash, Buffer.from(input), key)

/** A token of any header and payload, signed in any way; objects are written as JSON. */
export function compact(header: unknown, payload: unknown, signature: Signature): string {
  const input = `${base64url(asText(header))}.${base64url(asText(payload))}`
  return `${input}.${base64url(signature(input))}`
}

const asText = (value: unknown): string | Buffer =>
  typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value)

/** Writes tokens about the same claims, good unless told otherwise. */
export function aForge(keys: Keys, claims: JWTPayload) {
  const header: Header = { alg: 'RS256', typ: 'JWT', kid: 'current' }
  const written = (headerText: unknown, payload: unknown, key = keys.ours) =>
    compact(headerText, payload, rsa(key.privateKey))
  return {
    ...{ keys, claims, header },
    /** Whatever header and payload. */
    written,
    /** The good one with other members in its header. */
    withHeader: (more: Header, key?: KeyPair) => written({ ...header, ...more }, claims, key),
    /** The good one with other claims. */
    withClaims: (more: Record<string, unknown>, more2: Header = {}, key?: KeyPair) =>
      written({ ...header, ...more2 }, { ...claims, ...more }, key),
  }
}
export type Forge = ReturnType<typeof aForge>
