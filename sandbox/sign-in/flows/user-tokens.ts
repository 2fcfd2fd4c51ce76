import { z } from 'zod'
import { AadstsError } from '../aadsts.ts'
import type { IssuerContext } from '../context.ts'
import type { Person } from '../directory.ts'
import { OPENID_SCOPES, parseScope, type Asked } from '../permissions.ts'
import {
  clientInfo,
  mintIdToken,
  mintUserToken,
  TOKEN_SECONDS,
  type AskedClaims,
  type ClientProof,
} from '../tokens/mint.ts'

export type TokenReply = {
  token_type: 'Bearer'
  scope?: string
  expires_in: number
  ext_expires_in: number
  access_token: string
  refresh_token?: string
  refresh_token_expires_in?: number
  id_token?: string
  client_info?: string
}

export type UserTokensRequest = {
  person: Person
  isSpa: boolean
  proof: ClientProof
  nonce?: string
  /** A refresh token is due; `end` is when the one before it ends. */
  refresh?: { end?: Date }
  body: {
    client_id: string
    scope?: string | undefined
    claims?: string | undefined
    client_info?: string | undefined
  }
}

/** All tokens a person's grant gives: for one resource, within what is consented to. */
export async function userTokens(
  context: IssuerContext,
  request: UserTokensRequest,
): Promise<TokenReply> {
  const { person, body, isSpa } = request
  context.accounts.assertUsable(person)
  const { openid, asked } = parseScope(body.scope ?? '.default', context.resources)
  if (asked.length > 1) throw new AadstsError(28000)
  const [graph] = context.resources
  const wanted = asked[0] ?? { resource: graph, prefix: '', permissions: openid, isDefault: false }
  const scopes = consentedScopes(context, person, wanted)
  return {
    token_type: 'Bearer',
    scope: scopeReply(scopes, wanted.prefix, openid),
    expires_in: TOKEN_SECONDS,
    ext_expires_in: TOKEN_SECONDS,
    access_token: await mintUserToken(context, {
      person,
      resource: wanted.resource,
      scopes,
      proof: request.proof,
      asked: askedIn(body.claims),
    }),
    ...(request.refresh && refreshToken(context, { person, isSpa, body }, request.refresh.end)),
    ...(openid.includes('openid') && {
      id_token: await mintIdToken(context, person, request.nonce),
    }),
    ...(body.client_info === '1' && { client_info: clientInfo(person) }),
  }
}

/** Everything consented to for the resource, as Entra's `scp` has it; 65001 when something asked for is not among it. */
function consentedScopes({ consents }: IssuerContext, person: Person, wanted: Asked): string[] {
  const consented = consents.delegated(person, wanted.resource)
  const missing = wanted.permissions.filter((permission) => !consented.includes(permission))
  if (wanted.isDefault ? consented.length === 0 : missing.length > 0)
    throw new AadstsError(65001, `Permissions: ${missing.join(' ')}.`)
  return consented.filter((permission) => permission !== 'offline_access')
}

/** The reply writes scopes as the request did: with the resource in front, or bare. */
function scopeReply(scopes: string[], prefix: string, openid: string[]): string {
  const words = scopes.filter((scope) => OPENID_SCOPES.includes(scope))
  const permissions = scopes
    .filter((scope) => !OPENID_SCOPES.includes(scope))
    .map((scope) => prefix + scope)
  return [
    ...permissions,
    ...new Set([...words, ...openid.filter((word) => word !== 'offline_access')]),
  ].join(' ')
}

type RefreshOwner = Pick<UserTokensRequest, 'person' | 'isSpa' | 'body'>

function refreshToken(
  { grants, clock }: IssuerContext,
  { person, isSpa, body }: RefreshOwner,
  end?: Date,
) {
  const { token, expiresAt } = grants.issueRefreshToken(
    { clientId: body.client_id, person, isSpa },
    end,
  )
  const secondsLeft = Math.floor((expiresAt.getTime() - clock.now().getTime()) / 1_000)
  return { refresh_token: token, ...(isSpa && { refresh_token_expires_in: secondsLeft }) }
}

const claimsRequest = z.object({
  access_token: z
    .object({
      xms_cc: z.object({ values: z.array(z.string()) }),
      nbf: z.object({ value: z.coerce.number() }),
    })
    .partial(),
})

/** Client capabilities, and a challenge's `nbf`, travel in the `claims` parameter; anything else in it changes nothing here. */
export function askedIn(claims: string | undefined): AskedClaims {
  if (!claims) return { capabilities: [] }
  const parsed = claimsRequest.safeParse(parseJson(claims))
  if (!parsed.success) return { capabilities: [] }
  const { xms_cc: capabilities, nbf } = parsed.data.access_token
  return { capabilities: capabilities?.values ?? [], ...(nbf && { newerThan: nbf.value }) }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new AadstsError(900144, 'Parameters: claims.')
  }
}
