import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod'
import type { IssuerContext } from '../context.ts'

/** What an access token says, as the API behind it needs it. */
export type VerifiedToken = {
  aud: string
  appId: string
  tid: string
  /** The person; absent when the app acts for itself. */
  oid?: string
  /** Delegated permissions. */
  scopes: string[]
  /** Application permissions. */
  roles: string[]
  issuedAt: Date
  expiresAt: Date
  capabilities: string[]
  /** It was asked for with a claims challenge: newer than this (graph-contract 7.3). */
  newerThan?: Date
}

export type TokenFault = 'malformed' | 'bad-signature' | 'expired' | 'wrong-audience'

export class InvalidTokenError extends Error {
  readonly code = 'invalid_token'

  constructor(
    readonly reason: TokenFault,
    options?: ErrorOptions,
  ) {
    super(`The access token is refused: ${reason}.`, options)
    this.name = 'InvalidTokenError'
  }
}

const claims = z
  .object({
    aud: z.string(),
    tid: z.guid(),
    oid: z.guid(),
    idtyp: z.enum(['user', 'app']),
    appid: z.string().optional(),
    azp: z.string().optional(),
    scp: z.string().default(''),
    roles: z.array(z.string()).default([]),
    xms_cc: z.array(z.string()).default([]),
    sandbox_newer_than: z.number().optional(),
    iat: z.number(),
    exp: z.number(),
  })
  .transform(({ appid, azp, ...rest }) => ({ ...rest, appId: appid ?? azp ?? '' }))
  .refine(({ appId }) => appId !== '')

/** Checks signature, time and audience, as an API must; throws an InvalidTokenError with the reason. */
export async function verifyAccessToken(
  context: Pick<IssuerContext, 'keys' | 'clock'>,
  token: string,
  audience: string,
): Promise<VerifiedToken> {
  const parsed = claims.safeParse(await signedPayload(context, token, audience))
  if (!parsed.success) throw new InvalidTokenError('malformed', { cause: parsed.error })
  const {
    aud,
    appId,
    tid,
    oid,
    idtyp,
    scp,
    roles,
    xms_cc,
    iat,
    exp,
    sandbox_newer_than: after,
  } = parsed.data
  return {
    aud,
    appId,
    tid,
    ...(idtyp === 'user' && { oid }),
    scopes: scp.split(' ').filter(Boolean),
    roles,
    issuedAt: new Date(iat * 1_000),
    expiresAt: new Date(exp * 1_000),
    capabilities: xms_cc,
    ...(after !== undefined && { newerThan: new Date(after * 1_000) }),
  }
}

async function signedPayload(
  { keys, clock }: Pick<IssuerContext, 'keys' | 'clock'>,
  token: string,
  audience: string,
): Promise<JWTPayload> {
  const key = keys.find(kidOf(token))
  if (!key) throw new InvalidTokenError('bad-signature')
  try {
    const options = { algorithms: ['RS256'], audience, currentDate: clock.now() }
    return (await jwtVerify(token, key.publicKey, options)).payload
  } catch (error) {
    throw new InvalidTokenError(reasonOf(error), { cause: error })
  }
}

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch (error) {
    throw new InvalidTokenError('malformed', { cause: error })
  }
}

function reasonOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return 'wrong-audience'
  return error instanceof errors.JOSEError ? 'bad-signature' : 'malformed'
}
