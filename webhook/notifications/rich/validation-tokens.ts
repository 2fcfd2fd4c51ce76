import { decodeJwt, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { isIssuerOfTenant } from '../../sign-in/identity.ts'
import { issuerOfKey, type AuthorityKeys } from './authority-keys.ts'

/** "Microsoft Graph Change Tracking": who signs rich notifications (graph-contract 2.4). */
const CHANGE_TRACKING = '0bf30f3b-4a52-48df-9a82-234910c4a086'
/** Clocks differ; no more than this (reliability E1). */
const LEEWAY_SECONDS = 300
const MAX_TOKEN_CHARS = 12_000

const Claims = z.discriminatedUnion('ver', [
  z.object({ ver: z.literal('1.0'), iss: z.string(), tid: z.guid(), appid: z.string() }),
  z.object({ ver: z.literal('2.0'), iss: z.string(), tid: z.guid(), azp: z.string() }),
])
type Claims = z.infer<typeof Claims>

export type TokenVerdict =
  | { kind: 'good'; tenantId: string }
  | { kind: 'bad' }
  /** The authority's keys cannot be had, so nobody can say. */
  | { kind: 'open' }

/** Shows that a rich notification comes from Microsoft Graph, is meant for our app, and speaks for one tenant. */
export class ValidationTokens {
  constructor(private readonly parts: { keys: AuthorityKeys; clientId: string; clock: Clock }) {}

  async verdictOn(token: string): Promise<TokenVerdict> {
    const claims = claimsOf(token)
    if (!claims) return { kind: 'bad' }
    try {
      return (await this.isGood(token, claims))
        ? { kind: 'good', tenantId: claims.tid.toLowerCase() }
        : { kind: 'bad' }
    } catch (error) {
      return { kind: isAboutTheToken(error) ? 'bad' : 'open' }
    }
  }

  /** What it says of itself decides by which rules it is checked, and nothing else. */
  private async isGood(token: string, claims: Claims): Promise<boolean> {
    const { keys, clientId, clock } = this.parts
    const authority = await keys.of(claims.ver)
    const { payload, protectedHeader } = await jwtVerify(token, authority.jwks, {
      algorithms: ['RS256'],
      audience: clientId,
      requiredClaims: ['exp', 'nbf'],
      clockTolerance: LEEWAY_SECONDS,
      currentDate: clock.now(),
    })
    const publisher = claims.ver === '1.0' ? claims.appid : claims.azp
    const keyIssuer = issuerOfKey(authority, protectedHeader.kid)
    return (
      payload.aud === clientId &&
      publisher === CHANGE_TRACKING &&
      isIssuerOfTenant(authority.issuer, claims) &&
      (keyIssuer === null || isIssuerOfTenant(keyIssuer, claims))
    )
  }
}

function claimsOf(token: string): Claims | null {
  if (token.length > MAX_TOKEN_CHARS) return null
  try {
    return Claims.safeParse(decodeJwt(token)).data ?? null
  } catch {
    return null
  }
}

/** jose's errors about the token, as against those about fetching keys. */
const isAboutTheToken = (error: unknown) =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC'
