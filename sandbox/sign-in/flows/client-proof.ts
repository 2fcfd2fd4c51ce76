import { decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { AadstsError } from '../aadsts.ts'
import type { IssuerContext } from '../context.ts'
import type { ClientProof } from '../tokens/mint.ts'

/** RFC 7523, section 2.2. */
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** How far the clocks of client and issuer may differ: five minutes, as is usual in Entra. */
const CLOCK_SKEW_SECONDS = 300

export type ClientCredentials = {
  client_secret?: string | undefined
  client_assertion?: string | undefined
  client_assertion_type?: string | undefined
}

/** Checks secret or certificate and says which it was. `tenantSegments` are the names the token endpoint has here. */
export async function proveClient(
  context: IssuerContext,
  credentials: ClientCredentials,
  tenantSegments: readonly string[],
): Promise<ClientProof> {
  const { client_secret: secret, client_assertion: assertion } = credentials
  if (secret !== undefined) {
    const verdict = context.app.judgeSecret(secret, context.clock.now())
    if (verdict !== 'good') throw new AadstsError(verdict === 'expired' ? 7000222 : 7000215)
    return '1'
  }
  if (assertion === undefined || credentials.client_assertion_type !== JWT_BEARER)
    throw new AadstsError(7000218)
  await checkAssertion(context, assertion, tenantSegments)
  return '2'
}

async function checkAssertion(
  { app, clock, url }: IssuerContext,
  assertion: string,
  tenantSegments: readonly string[],
): Promise<void> {
  const key = app.certificateKey(thumbprintOf(assertion))
  if (!key) throw new AadstsError(700027, 'No certificate with this thumbprint is registered.')
  const audience = tenantSegments.flatMap((segment) => [
    `${url()}/${segment}/oauth2/v2.0/token`,
    `${url()}/${segment}/v2.0`,
  ])
  try {
    await jwtVerify(assertion, key, {
      algorithms: ['PS256', 'RS256'],
      audience,
      issuer: app.clientId,
      subject: app.clientId,
      requiredClaims: ['exp'],
      currentDate: clock.now(),
      clockTolerance: CLOCK_SKEW_SECONDS,
    })
  } catch (error) {
    throw assertionError(error)
  }
}

function thumbprintOf(assertion: string): string {
  try {
    const header = decodeProtectedHeader(assertion)
    const thumbprint = header['x5t#S256'] ?? header.x5t
    return typeof thumbprint === 'string' ? thumbprint : ''
  } catch {
    throw new AadstsError(50027)
  }
}

function assertionError(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new AadstsError(700024)
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return new AadstsError(700023)
    return new AadstsError(error.claim === 'nbf' ? 700024 : 700027, `Claim: ${error.claim}.`)
  }
  return error instanceof errors.JOSEError ? new AadstsError(700027) : error
}
