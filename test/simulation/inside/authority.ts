import { flowCrm, tenants } from '../../../sandbox/sign-in/directory.ts'
import type { TokenClaims } from '../../../sandbox/graph/http/access/access.ts'
import type { Clock } from '../../../webhook/clock.ts'
import { SECOND } from '../../../webhook/duration.ts'
import type { Rest } from './rest.ts'

export const AUTHORITY_URL = 'https://authority.simulation'

/** Refusals worth meeting: a wrong secret, one that lapsed, an outage. */
const REFUSALS = {
  'wrong-secret': { status: 401, error: 'invalid_client', code: 7000215 },
  'secret-expired': { status: 401, error: 'invalid_client', code: 7000222 },
  unavailable: { status: 503, error: 'temporarily_unavailable', code: 90033 },
} as const
export type Refusal = keyof typeof REFUSALS

/**
 * The least of an authority: it gives the app tokens for Graph, without keys and signatures, because those take most of
 * the time of a simulation and are proven elsewhere. It answers what the process asks by `fetch`.
 */
export class SimulatedAuthority implements Disposable {
  /** What the next requests for a token meet. */
  readonly refusals: Refusal[] = []
  /** What an administrator lets the app do. */
  readonly roles = ['Mail.Read', 'User.Read.All']
  private readonly expiresAt = new Map<string, Date>()
  private readonly realFetch = globalThis.fetch

  constructor(private readonly parts: { clock: Clock; rest: Rest; tokenLifeMs: number }) {
    globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      if (url.origin !== AUTHORITY_URL) return this.realFetch(input, init)
      return this.parts.rest.during(() => Promise.resolve(this.answer(url)))
    }
  }

  /** What a token says, for the twin. Rejects one that was never given. */
  readonly check = async (token: string): Promise<TokenClaims> => {
    const expiresAt = this.expiresAt.get(token)
    if (!expiresAt) throw new Error('not one of ours')
    const issuedAt = new Date(expiresAt.getTime() - this.parts.tokenLifeMs)
    return {
      aud: 'graph',
      appId: flowCrm.clientId,
      tid: tenants.contoso.id,
      scopes: [],
      roles: [...this.roles],
      issuedAt,
      expiresAt,
      capabilities: ['cp1'],
      newerThan: issuedAt,
    }
  };

  [Symbol.dispose](): void {
    globalThis.fetch = this.realFetch
  }

  private answer({ pathname }: URL): Response {
    if (pathname.endsWith('/openid-configuration')) return Response.json(discovery)
    const refusal = this.refusals.shift()
    if (refusal) return refused(REFUSALS[refusal])
    const token = `token-${this.expiresAt.size + 1}`
    const { clock, tokenLifeMs } = this.parts
    this.expiresAt.set(token, new Date(clock.now().getTime() + tokenLifeMs))
    const life = tokenLifeMs / SECOND
    return Response.json({
      token_type: 'Bearer',
      expires_in: life,
      ext_expires_in: life,
      access_token: token,
    })
  }
}

const base = `${AUTHORITY_URL}/${tenants.contoso.id}`

const discovery = {
  issuer: `${base}/v2.0`,
  authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
  token_endpoint: `${base}/oauth2/v2.0/token`,
  end_session_endpoint: `${base}/oauth2/v2.0/logout`,
  jwks_uri: `${base}/discovery/v2.0/keys`,
}

const refused = ({ status, error, code }: (typeof REFUSALS)[Refusal]) =>
  Response.json(
    { error, error_description: `AADSTS${code}: refused.`, error_codes: [code] },
    { status },
  )
