import { createHash } from 'node:crypto'
import {
  ConfidentialClientApplication,
  CryptoProvider,
  type AuthenticationResult,
  type Configuration,
} from '@azure/msal-node'
import { z } from 'zod'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { Random } from '../../../sandbox/random.ts'
import { flowCrm, type PersonKey } from '../../../sandbox/sign-in/directory.ts'
import { Issuer, type IssuerOptions } from '../../../sandbox/sign-in/issuer.ts'

export const WEB = 'http://localhost:3000/auth/callback'
export const SPA = 'http://localhost:3001/redirect.html'
export const API_SCOPE = `api://${flowCrm.clientId}/${flowCrm.scope}`

export type TestIssuer = AsyncDisposable & { issuer: Issuer; clock: VirtualClock; url: string }

/** An issuer that listens. Its clock stands at the real time, since msal-node dates its assertions by that. */
export async function startIssuer(options: Partial<IssuerOptions> = {}): Promise<TestIssuer> {
  const clock = new VirtualClock(new Date().toISOString())
  const issuer = Issuer.create({
    clock,
    random: new Random(7),
    redirectUris: { web: [WEB], spa: [SPA] },
    ...options,
  })
  const url = await issuer.listen()
  return { issuer, clock, url, [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose]() }
}

/** What msal needs so that an https authority nobody calls stands for http endpoints. */
export async function msalAuthority(url: string, tenant = 'common') {
  const { host } = new URL(url)
  const discovery = await fetch(`${url}/${tenant}/v2.0/.well-known/openid-configuration`)
  return {
    authority: `https://${host}/${tenant}`,
    knownAuthorities: [host],
    cloudDiscoveryMetadata: JSON.stringify({
      tenant_discovery_endpoint: `https://${host}/${tenant}/v2.0/.well-known/openid-configuration`,
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    }),
    authorityMetadata: await discovery.text(),
  }
}

type Credentials = Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate'>

/** The real, unmodified msal-node. */
export async function msalNode(
  url: string,
  tenant = 'common',
  credentials: Credentials & { clientCapabilities?: string[] } = { clientSecret: flowCrm.secret },
): Promise<ConfidentialClientApplication> {
  return new ConfidentialClientApplication({
    auth: { clientId: flowCrm.clientId, ...(await msalAuthority(url, tenant)), ...credentials },
  })
}

/** The whole code flow with PKCE through msal-node, with nobody at a browser. */
export async function signIn(
  client: ConfidentialClientApplication,
  { issuer }: Pick<TestIssuer, 'issuer'>,
  person: PersonKey,
  scopes: string[] = ['Mail.Read'],
): Promise<AuthenticationResult> {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
  const authorizeUrl = await client.getAuthCodeUrl({
    scopes,
    redirectUri: WEB,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    nonce: 'n-1',
    state: 's-1',
  })
  const answer = new URL(issuer.authorizeAs(person, authorizeUrl)).searchParams
  return client.acquireTokenByCode(
    {
      scopes,
      redirectUri: WEB,
      code: answer.get('code') ?? '',
      codeVerifier: verifier,
      nonce: 'n-1',
      state: 's-1',
    },
    { code: answer.get('code') ?? '', state: answer.get('state') ?? '' },
  )
}

export const VERIFIER = 'a-verifier-that-is-long-enough-to-be-taken-seriously'
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

/** The URL an app opens. Parameters set to undefined are left out. */
export function authorizeUrl(
  url: string,
  params: Record<string, string | undefined> = {},
  tenant = 'common',
) {
  const all = {
    client_id: flowCrm.clientId,
    response_type: 'code',
    redirect_uri: WEB,
    scope: 'openid offline_access Mail.Read',
    state: 's-1',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...params,
  }
  return `${url}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams(present(all))}`
}

const present = (params: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )

const replySchema = z
  .object({
    access_token: z.string(),
    refresh_token: z.string(),
    id_token: z.string(),
    client_info: z.string(),
    scope: z.string(),
    expires_in: z.number(),
    refresh_token_expires_in: z.number(),
    error: z.string(),
    suberror: z.string(),
    error_description: z.string(),
    error_codes: z.array(z.number()),
    claims: z.string(),
  })
  .partial()
  .loose()

type Extra = { tenant?: string; origin?: string }

/** One raw call of the token endpoint, as FlowCRM with its secret unless the parameters say otherwise. */
export async function callToken(
  url: string,
  params: Record<string, string | undefined>,
  { tenant = 'common', origin }: Extra = {},
) {
  const body = present({
    client_id: flowCrm.clientId,
    ...(!origin && { client_secret: flowCrm.secret }),
    ...params,
  })
  const response = await fetch(`${url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: origin ? { origin } : {},
    body: new URLSearchParams(body),
  })
  return {
    status: response.status,
    headers: response.headers,
    ...replySchema.parse(await response.json()),
  }
}

/** A code for a person, through the authorize page's own decisions. */
export function codeFor(
  { issuer, url }: TestIssuer,
  person: PersonKey = 'alice',
  params: Record<string, string> = {},
) {
  const answer = issuer.authorizeAs(person, authorizeUrl(url, params))
  return new URL(answer.replace('#', '?')).searchParams.get('code') ?? ''
}

export const redeemParams = (code: string, params: Record<string, string | undefined> = {}) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: WEB,
  code_verifier: VERIFIER,
  ...params,
})

/** Everything a person's sign-in gives. */
export async function tokensFor(world: TestIssuer, person: PersonKey = 'alice', scope?: string) {
  const code = codeFor(world, person, scope ? { scope } : {})
  return callToken(world.url, redeemParams(code))
}

export const refreshParams = (token: string | undefined, scope = 'Mail.Read') => ({
  grant_type: 'refresh_token',
  refresh_token: token,
  scope,
})
