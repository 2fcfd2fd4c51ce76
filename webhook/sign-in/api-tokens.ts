import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWK,
  type JWTPayload,
  type RemoteJWKSet,
} from 'jose'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { HOUR, MINUTE } from '../duration.ts'
import { NotSignedInError, ProviderError } from '../errors.ts'
import type { Discovery, Entra } from './entra.ts'
import { isIssuerOfTenant } from './identity.ts'

/** Clocks differ; no more than this (reliability E1). */
const LEEWAY_SECONDS = 300
/** A flood of unknown key ids fetches the keys no oftener than this (reliability E8). */
const COOLDOWN_MS = 5 * MINUTE
/** Keys are asked for again after this, so that withdrawn ones lose their trust. */
const REFRESH_KEYS_MS = HOUR
/** Entra names at most 200 groups in a token, which makes some ten thousand characters; no more is worth a look. */
const MAX_TOKEN_CHARS = 12_000

/** The one permission that the pane asks for. */
const SCOPE = 'access_as_user'

/** Who calls: `tid` and `oid`, which nobody can take over; never an address (reliability 1). */
export type Caller = { workspaceId: string; userId: string; displayName: string }

const Claims = z.object({
  iss: z.string(),
  /** One: a token that is good elsewhere too could be used there by whom it was shown to. */
  aud: z.string(),
  tid: z.guid(),
  oid: z.guid(),
  ver: z.literal('2.0'),
  azp: z.string(),
  scp: z.string(),
  name: z.string().max(256).default(''),
  idtyp: z.literal('user').optional(),
})

/** Throws when nobody of this workspace may come in any more. */
export type Admit = (workspaceId: string) => Promise<void>

type Keys = { discovery: Discovery; jwks: RemoteJWKSet; askAgainAt: number }

/** Checks the bearer tokens of the add-in: access tokens for our own API, from our own authority's keys. */
export class ApiTokens {
  private known: Keys | undefined

  constructor(private readonly parts: { entra: Entra; clock: Clock; admit?: Admit }) {}

  /** Throws a NotSignedInError for every token that is not good, and a ProviderError when no keys can be had. */
  async verify(token: string): Promise<Caller> {
    if (token.length > MAX_TOKEN_CHARS || !isCompact(token)) throw refused()
    const keys = await this.keys()
    const { payload, keyId } = await this.signedPayload(token, keys)
    const read = Claims.safeParse(payload)
    if (!read.success) throw refused(read.error)
    const { iss, tid, oid, azp, scp, name } = read.data
    const isGood =
      azp === this.parts.entra.clientId &&
      scp.split(' ').includes(SCOPE) &&
      isIssuerOfTenant(keys.discovery.issuer, { iss, tid }) &&
      mayKeySpeakFor(keys, keyId, { iss, tid })
    if (!isGood) throw refused()
    await this.parts.admit?.(tid)
    return { workspaceId: tid, userId: oid, displayName: name }
  }

  private async signedPayload(
    token: string,
    { jwks }: Keys,
  ): Promise<{ payload: JWTPayload; keyId: string | undefined }> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, jwks, {
        algorithms: ['RS256'],
        audience: this.parts.entra.clientId,
        requiredClaims: ['exp', 'nbf', 'iat'],
        clockTolerance: LEEWAY_SECONDS,
        currentDate: this.parts.clock.now(),
      })
      return { payload, keyId: protectedHeader.kid }
    } catch (error) {
      throw isAboutTheToken(error) ? refused(error) : unavailable(error)
    }
  }

  private async keys(): Promise<Keys> {
    const now = this.parts.clock.now().getTime()
    if (!this.known) {
      const discovery = await this.parts.entra.discovery()
      // Never too old to use: while the authority is down, the keys we have still prove who somebody is (E8).
      const options = { cooldownDuration: COOLDOWN_MS, cacheMaxAge: Infinity }
      const jwks = createRemoteJWKSet(new URL(discovery.jwks_uri), options)
      this.known ??= { discovery, jwks, askAgainAt: now + REFRESH_KEYS_MS }
    }
    if (now >= this.known.askAgainAt) {
      this.known.askAgainAt = now + REFRESH_KEYS_MS
      this.known.jwks.reload().catch(() => undefined) // the next hour tries again
    }
    return this.known
  }
}

/**
 * Three parts of base64url in their one spelling. jose reads pads, spaces and idle bits of a signature's last character too,
 * so that one token would have many forms.
 */
const isCompact = (token: string): boolean => {
  const parts = token.split('.')
  return parts.length === 3 && parts.every((part) => inOneSpelling(part) === part)
}

const inOneSpelling = (part: string) => Buffer.from(part, 'base64url').toString('base64url')

/** Entra's keys each name the issuer they may sign for, `{tenantid}` standing for any tenant (reliability 1). */
type EntraKey = JWK & { issuer?: unknown }

function mayKeySpeakFor(
  { jwks }: Keys,
  keyId: string | undefined,
  token: { iss: string; tid: string },
): boolean {
  const key: EntraKey | undefined = jwks.jwks()?.keys.find(({ kid }) => kid === keyId)
  if (!key || keyId === undefined) return false
  const { issuer } = key
  return issuer === undefined || (typeof issuer === 'string' && isIssuerOfTenant(issuer, token))
}

/** jose's errors about the token, as against those about fetching keys. */
const isAboutTheToken = (error: unknown) =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC'

const refused = (cause?: unknown) => {
  const error = new NotSignedInError('This access token is not accepted. Sign in again.')
  if (cause !== undefined) error.cause = cause
  return error
}

const unavailable = (cause: unknown) =>
  new ProviderError(
    'provider-unavailable',
    'later',
    'The sign-in service could not be reached. Try again in a moment.',
    { cause },
  )
