import { createHash } from 'node:crypto'
import { SignJWT, type JWTPayload } from 'jose'
import type { IssuerContext } from '../context.ts'
import { GLOBAL_ADMINISTRATOR, type Person } from '../directory.ts'
import type { Resource } from '../permissions.ts'

/** `expires_in` of every access and id token (graph-contract 7.1). */
export const TOKEN_SECONDS = 3_599

/** How the client proved itself: not at all, by secret, by certificate (`azpacr` and `appidacr`). */
export type ClientProof = '0' | '1' | '2'

export type UserTokenRequest = {
  person: Person
  resource: Resource
  scopes: readonly string[]
  proof: ClientProof
  asked: AskedClaims
}

/** What the `claims` parameter asked for. */
export type AskedClaims = {
  /** What the client says it can do, such as `cp1`. */
  capabilities: readonly string[]
  /** A challenge's `nbf`, in seconds: the token must be newer. */
  newerThan?: number
}

export type AppTokenRequest = {
  tenantId: string
  resource: Resource
  roles: readonly string[]
  proof: ClientProof
  asked: AskedClaims
}

export function mintUserToken(context: IssuerContext, request: UserTokenRequest): Promise<string> {
  const { person, resource, scopes, asked } = request
  return sign(context, {
    ...clientClaims(context, request, person.tenantId),
    ...(resource.accessTokenVersion === 1
      ? {
          unique_name: person.mail,
          upn: person.mail,
          given_name: person.givenName,
          family_name: person.surname,
        }
      : { preferred_username: person.mail }),
    name: person.name,
    oid: person.oid,
    sub: pairwiseSubject(person.oid, resource.clientId),
    scp: scopes.join(' '),
    idtyp: 'user',
    ...roleClaims(person),
    ...answering(asked),
  })
}

export function mintAppToken(context: IssuerContext, request: AppTokenRequest): Promise<string> {
  const servicePrincipal = servicePrincipalId(context.app.clientId, request.tenantId)
  return sign(context, {
    ...clientClaims(context, request, request.tenantId),
    oid: servicePrincipal,
    sub: servicePrincipal,
    idtyp: 'app',
    ...(request.roles.length > 0 && { roles: request.roles }),
    ...answering(request.asked),
  })
}

/** Directory roles, and the app roles that somebody was given in Entra. */
const roleClaims = ({ kind }: Person): JWTPayload => ({
  ...(kind === 'admin' && { wids: [GLOBAL_ADMINISTRATOR] }),
  ...(kind === 'auditor' && { roles: ['Auditor'] }),
})

/** The second claim is the sandbox's own way to tell its Graph that the challenge was answered. */
const answering = ({ capabilities, newerThan }: AskedClaims): JWTPayload => ({
  ...(capabilities.length > 0 && { xms_cc: capabilities }),
  ...(newerThan !== undefined && { sandbox_newer_than: newerThan }),
})

export function mintIdToken(
  context: IssuerContext,
  person: Person,
  nonce?: string,
): Promise<string> {
  return sign(context, {
    iss: issuerOf(context, person.tenantId, 2),
    aud: context.app.clientId,
    tid: person.tenantId,
    oid: person.oid,
    sub: pairwiseSubject(person.oid, context.app.clientId),
    name: person.name,
    preferred_username: person.mail,
    email: person.mail,
    ver: '2.0',
    ...(nonce && { nonce }),
    ...roleClaims(person),
  })
}

export type ValidationTokenRequest = {
  tenantId: string
  appId: string
  version: 1 | 2
  /** One whose time is over. */
  expired?: boolean
}

/** "Microsoft Graph Change Tracking", the publisher that rich notifications are signed by (graph-contract 2.4). */
const CHANGE_TRACKING = '0bf30f3b-4a52-48df-9a82-234910c4a086'
/** 24 h 5 m for v2 and 8 h 5 m for v1 in Microsoft's samples (graph-contract 2.4). */
const validationTokenSeconds = { 1: 29_100, 2: 86_700 } as const

/** What comes along with rich notifications, to show who sent them. */
export function mintValidationToken(
  context: IssuerContext,
  { tenantId, appId, version, expired = false }: ValidationTokenRequest,
): Promise<string> {
  const claims = {
    iss: issuerOf(context, tenantId, version),
    aud: appId,
    tid: tenantId,
    ver: `${version}.0`,
    ...(version === 1 ? { appid: CHANGE_TRACKING } : { azp: CHANGE_TRACKING }),
  }
  return sign(context, claims, expired ? -TOKEN_SECONDS : validationTokenSeconds[version])
}

/** What msal makes an account's id from. */
export const clientInfo = ({ oid, tenantId }: Person): string =>
  Buffer.from(JSON.stringify({ uid: oid, utid: tenantId })).toString('base64url')

/** v1 issuers stand for sts.windows.net, v2 issuers for login.microsoftonline.com. */
export const issuerOf = (
  { url }: Pick<IssuerContext, 'url'>,
  tenantId: string,
  version: 1 | 2,
): string => `${url()}/${tenantId}/${version === 2 ? 'v2.0' : ''}`

type ClientClaimsInput = { resource: Resource; proof: ClientProof }

function clientClaims(
  context: IssuerContext,
  { resource, proof }: ClientClaimsInput,
  tenantId: string,
): JWTPayload {
  const version = resource.accessTokenVersion
  const { clientId } = context.app
  return {
    iss: issuerOf(context, tenantId, version),
    tid: tenantId,
    ver: `${version}.0`,
    ...(version === 1
      ? { aud: resource.uri, appid: clientId, appidacr: proof }
      : { aud: resource.clientId, azp: clientId, azpacr: proof }),
  }
}

function sign(
  { clock, random, keys }: IssuerContext,
  claims: JWTPayload,
  lifeSeconds = TOKEN_SECONDS,
): Promise<string> {
  const now = Math.floor(clock.now().getTime() / 1_000)
  const { kid, privateKey } = keys.current
  const uti = Buffer.from(random.bytes(16)).toString('base64url')
  return new SignJWT({ ...claims, iat: now, nbf: now, exp: now + lifeSeconds, uti })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid, x5t: kid })
    .sign(privateKey)
}

const digest = (...parts: string[]): Buffer => createHash('sha256').update(parts.join('|')).digest()

/** Differs from app to app for the same person, as Entra's does. */
const pairwiseSubject = (oid: string, audience: string): string =>
  digest(oid, audience).toString('base64url')

/** The app's own object in a tenant: fixed, and other in each tenant. */
function servicePrincipalId(clientId: string, tenantId: string): string {
  const hex = digest(clientId, tenantId).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
