import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AadstsError } from '../aadsts.ts'
import { isHomeOf, type Authority } from './authority.ts'
import { proveClient } from './client-proof.ts'
import type { IssuerContext } from '../context.ts'
import { personByOid } from '../directory.ts'
import type { CodeGrant } from '../state/grants.ts'
import { TOKEN_SECONDS, mintAppToken, type ClientProof } from '../tokens/mint.ts'
import { askedIn, userTokens, type TokenReply } from './user-tokens.ts'
import {
  InvalidTokenError,
  verifyAccessToken,
  type TokenFault,
  type VerifiedToken,
} from '../tokens/verify.ts'

/** RFC 7523, used by Entra for on-behalf-of. */
export const ON_BEHALF_OF = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const text = z.string().optional()

export const tokenRequestSchema = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  scope: text,
  code: z.string().default(''),
  redirect_uri: text,
  code_verifier: text,
  refresh_token: z.string().default(''),
  assertion: z.string().default(''),
  client_secret: text,
  client_assertion: text,
  client_assertion_type: text,
  claims: text,
  client_info: text,
})

export type TokenCall = {
  authority: Authority
  body: z.output<typeof tokenRequestSchema>
  /** The page's origin when a browser calls. */
  origin?: string | undefined
}

/** Answers one token request, or throws the AadstsError to answer with. */
export async function redeem(context: IssuerContext, call: TokenCall): Promise<TokenReply> {
  const { client_id: clientId, grant_type: grantType } = call.body
  if (clientId !== context.app.clientId) throw new AadstsError(700016, `Application: ${clientId}.`)
  switch (grantType) {
    case 'authorization_code':
      return byCode(context, call)
    case 'refresh_token':
      return byRefreshToken(context, call)
    case 'client_credentials':
      return byClientCredentials(context, call)
    case ON_BEHALF_OF:
      return onBehalfOf(context, call)
    default:
      throw new AadstsError(70003, `Grant type: ${grantType}.`)
  }
}

async function byCode(context: IssuerContext, call: TokenCall): Promise<TokenReply> {
  const { body, authority } = call
  const peeked = context.grants.peekCode(body.code)
  context.faults.strike('authorization_code', peeked?.person.oid)
  const proof = await proofFor(context, call, peeked?.isSpa ?? false)
  const grant = context.grants.redeemCode(body.code, (found) => {
    if (!isHomeOf(authority, found.person)) throw new AadstsError(700005)
    if (found.redirectUri !== body.redirect_uri) throw new AadstsError(500112)
    checkPkce(found, body.code_verifier)
  })
  const { person, isSpa, nonce } = grant
  const keepsAccess = `${grant.scope} ${body.scope ?? ''}`.split(' ').includes('offline_access')
  return userTokens(context, {
    person,
    isSpa,
    proof,
    body: { ...body, scope: body.scope ?? grant.scope },
    ...(nonce && { nonce }),
    ...(keepsAccess && { refresh: {} }),
  })
}

function checkPkce({ challenge, isSpa }: CodeGrant, verifier = ''): void {
  if (!challenge && isSpa) throw new AadstsError(9002325)
  if (challenge && createHash('sha256').update(verifier).digest('base64url') !== challenge)
    throw new AadstsError(501481)
}

async function byRefreshToken(context: IssuerContext, call: TokenCall): Promise<TokenReply> {
  const { body, authority } = call
  const peeked = context.grants.peekRefreshToken(body.refresh_token)
  context.faults.strike('refresh_token', peeked?.person.oid)
  const proof = await proofFor(context, call, peeked?.isSpa ?? false)
  const { person, isSpa, expiresAt } = context.grants.useRefreshToken(
    body.refresh_token,
    body.client_id,
  )
  if (!isHomeOf(authority, person)) throw new AadstsError(50020)
  return userTokens(context, { person, isSpa, proof, body, refresh: { end: expiresAt } })
}

async function byClientCredentials(context: IssuerContext, call: TokenCall): Promise<TokenReply> {
  const { authority, body } = call
  context.faults.strike('client_credentials')
  const scope = body.scope ?? ''
  const tenant = authority.tenant
  if (!tenant) throw new AadstsError(50059)
  if (scope.includes(' ') || !scope.endsWith('/.default'))
    throw new AadstsError(1002012, `Scope: ${scope}.`)
  const resource = context.resources.find(({ uri }) => scope === `${uri}/.default`)
  if (!resource) throw new AadstsError(500011, `Scope: ${scope}.`)
  const proof = await proofFor(context, call, false)
  if (tenant.id !== context.app.homeTenantId && !context.consents.knowsTenant(tenant.id))
    throw new AadstsError(700016, `Tenant: ${tenant.name}.`)
  const roles = context.consents.application(tenant.id, resource)
  return {
    token_type: 'Bearer',
    expires_in: TOKEN_SECONDS,
    ext_expires_in: TOKEN_SECONDS,
    access_token: await mintAppToken(context, {
      tenantId: tenant.id,
      asked: askedIn(body.claims),
      ...{ resource, roles, proof },
    }),
  }
}

async function onBehalfOf(context: IssuerContext, call: TokenCall): Promise<TokenReply> {
  const { body, authority } = call
  const { oid } = await verifiedAssertion(context, body.assertion)
  const person = oid ? personByOid(oid) : undefined
  if (!person || !isHomeOf(authority, person)) throw new AadstsError(50020)
  context.faults.strike('on_behalf_of', person.oid)
  const proof = await proofFor(context, call, false)
  const keepsAccess = body.scope?.split(' ').includes('offline_access')
  return userTokens(context, {
    person,
    isSpa: false,
    proof,
    body,
    ...(keepsAccess && { refresh: {} }),
  })
}

const ASSERTION_ERRORS = {
  'wrong-audience': 500131,
  expired: 500133,
  'bad-signature': 50013,
  malformed: 50027,
} as const satisfies Record<TokenFault, number>

async function verifiedAssertion(
  context: IssuerContext,
  assertion: string,
): Promise<VerifiedToken> {
  const [, api] = context.resources
  const audience = api.accessTokenVersion === 1 ? api.uri : api.clientId
  try {
    return await verifyAccessToken(context, assertion, audience)
  } catch (error) {
    throw error instanceof InvalidTokenError
      ? new AadstsError(ASSERTION_ERRORS[error.reason])
      : error
  }
}

/** Pages redeem across origins and prove nothing; servers have no origin and prove who they are. */
async function proofFor(
  context: IssuerContext,
  call: TokenCall,
  isSpa: boolean,
): Promise<ClientProof> {
  const crossOrigin = call.origin !== undefined
  if (isSpa !== crossOrigin) throw new AadstsError(isSpa ? 9002327 : 9002326)
  if (isSpa) return '0'
  const { segment, tenant } = call.authority
  return proveClient(context, call.body, tenant ? [segment, tenant.id, tenant.domain] : [segment])
}
