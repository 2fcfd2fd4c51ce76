import { createHash } from 'node:crypto'
import type {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../models/wire/log-email.ts'
import { flowCrm, tenants, type PersonKey } from '../../sandbox/sign-in/directory.ts'
import type { World } from '../../sandbox/world.ts'

const VERIFIER = 'a-verifier-that-is-long-enough-to-be-taken-seriously'

/** The task pane's side of the API, signed in as the pane does it: code with PKCE, a bearer token, no cookies. */
export class Pane {
  private constructor(
    private readonly world: World,
    private readonly token: string,
  ) {}

  static async signIn(world: World, person: PersonKey): Promise<Pane> {
    const { issuer } = world.microsoft
    const redirectUri = `${world.addinUrl}/auth-redirect.html`
    const base = `${issuer.url}/${tenants.contoso.id}/oauth2/v2.0`
    const scope = `openid api://${flowCrm.clientId}/${flowCrm.scope}`
    const query = new URLSearchParams({
      client_id: flowCrm.clientId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: redirectUri,
      scope,
      state: 'pane',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const back = new URL(issuer.authorizeAs(person, `${base}/authorize?${query}`))
    const response = await fetch(`${base}/token`, {
      method: 'POST',
      headers: { origin: world.addinUrl },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: flowCrm.clientId,
        code: back.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: VERIFIER,
        scope,
      }),
    })
    const { access_token } = (await response.json()) as { access_token: string }
    return new Pane(world, access_token)
  }

  status(request: EmailStatusRequest): Promise<EmailStatus> {
    return this.post('status', request)
  }

  log(request: LogEmailRequest): Promise<EmailStatus> {
    return this.post('log', request)
  }

  private async post(what: string, body: unknown): Promise<EmailStatus> {
    const response = await fetch(`${this.world.serviceUrl}/api/v1/emails/${what}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        origin: this.world.addinUrl,
      },
      body: JSON.stringify(body),
    })
    if (!response.ok)
      throw new Error(`${what} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as EmailStatus
  }
}
