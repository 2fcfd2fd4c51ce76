import { createServer, type Server } from 'node:http'
import type { Express } from 'express'
import type { Clock } from '../../webhook/clock.ts'
import type { Random } from '../random.ts'
import type { IssuerContext } from './context.ts'
import { flowCrm, GRAPH_CLIENT_ID, people, tenants, type PersonKey } from './directory.ts'
import { Faults } from './faults.ts'
import { adminConsent, everythingOf, grantToTenant } from './flows/admin-consent.ts'
import { authorityOf } from './flows/authority.ts'
import { authorize, type Visit } from './flows/authorize.ts'
import { answerUrl } from './flows/target.ts'
import { createApp } from './http/app.ts'
import type { Resource } from './permissions.ts'
import { Accounts } from './state/accounts.ts'
import { Consents } from './state/consents.ts'
import { Grants } from './state/grants.ts'
import { KeyRing } from './state/keys.ts'
import { RegisteredApp, type RedirectUris } from './state/registered-app.ts'
import { mintValidationToken, type ValidationTokenRequest } from './tokens/mint.ts'
import { verifyAccessToken, type VerifiedToken } from './tokens/verify.ts'

export type IssuerOptions = {
  clock: Clock
  random: Random
  redirectUris: RedirectUris
  /** What scopes and audiences call Microsoft Graph. */
  graphResource?: string
  /** Where it is reached, when that is not where it listens. */
  publicUrl?: string
  /** Version of the access tokens for FlowCRM's own API; 2 unless said otherwise. */
  apiTokenVersion?: 1 | 2
}

/** A stand-in for Microsoft Entra ID that unmodified msal-node and msal-browser sign in with, over plain http on loopback. */
export class Issuer implements AsyncDisposable {
  readonly app: Express
  /** Failures for the next requests. */
  readonly faults: Faults
  /** Rotate and retire the signing keys. */
  readonly keys: KeyRing
  /** Disable people, revoke their sessions. */
  readonly accounts: Accounts
  readonly consents: Consents
  /** FlowCRM's redirect URIs, secrets and certificates. */
  readonly registration: RegisteredApp
  private server: Server | undefined

  private constructor(
    private readonly context: IssuerContext,
    private readonly place: { url?: string },
  ) {
    this.faults = context.faults
    this.keys = context.keys
    this.accounts = context.accounts
    this.consents = context.consents
    this.registration = context.app
    this.app = createApp(context)
  }

  static create(options: IssuerOptions): Issuer {
    const { clock, random, redirectUris, publicUrl } = options
    const place: { url?: string } = publicUrl ? { url: publicUrl.replace(/(?<!\/)\/+$/, '') } : {}
    const accounts = new Accounts(clock, random)
    const context: IssuerContext = {
      clock,
      random,
      url: () => place.url ?? unreachable(),
      accounts,
      keys: new KeyRing(random),
      app: new RegisteredApp(redirectUris),
      consents: new Consents(flowCrm.clientId),
      grants: new Grants(clock, random, accounts),
      faults: new Faults(),
      resources: resourcesFor(options),
    }
    return new Issuer(context, place)
  }

  /** Listens on loopback, on any free port unless told; the answer is the base URL. */
  async listen(port = 0): Promise<string> {
    const server = createServer(this.app)
    this.server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (typeof address === 'object' && address)
      this.place.url ??= `http://localhost:${address.port}`
    return this.url
  }

  get url(): string {
    return this.context.url()
  }

  get graphResource(): string {
    return this.context.resources[0].uri
  }

  /** For when Graph's address is known only after the issuer's. */
  set graphResource(uri: string) {
    this.context.resources[0].uri = uri
  }

  /**
   * Signs somebody in without a browser, or has them give admin consent: from the URL an app would open to the URL it would
   * get back. Accepts what is asked unless told to cancel. Throws an AadstsError where a person would see an error page.
   */
  authorizeAs(
    person: PersonKey,
    authorizeUrl: string,
    decision: 'accept' | 'cancel' = 'accept',
  ): string {
    const url = new URL(authorizeUrl)
    const [segment = '', ...path] = url.pathname.slice(1).split('/')
    const visit: Visit = {
      authority: authorityOf(segment, this.registration),
      params: Object.fromEntries(url.searchParams),
      chosen: people[person],
      decision,
    }
    const outcome =
      path.at(-1) === 'adminconsent'
        ? adminConsent(this.context, visit, path.length === 2 ? 2 : 1)
        : authorize(this.context, visit)
    if (outcome.show !== 'answer')
      throw new Error(`the sign-in stopped at the page "${outcome.show}"`)
    return answerUrl(outcome.target, outcome.answer)
  }

  /** What an administrator's consent for a whole tenant gives, without the page. */
  grantAdminConsent(tenantId: string = tenants.contoso.id): void {
    grantToTenant(this.context, tenantId, this.context.resources.map(everythingOf))
  }

  /** For the API behind the token, Microsoft Graph unless another audience is named; throws an InvalidTokenError. */
  verifyAccessToken(token: string, audience: string = this.graphResource): Promise<VerifiedToken> {
    return verifyAccessToken(this.context, token, audience)
  }

  /** As Graph Change Tracking signs them; the twin sends them along with rich notifications. */
  signValidationToken(request: ValidationTokenRequest): Promise<string> {
    return mintValidationToken(this.context, request)
  }

  /** Whether a person's access token from then was revoked mid-life (CAE). */
  isRevoked(oid: string, issuedAt: Date): boolean {
    return this.accounts.isRevoked(oid, issuedAt)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = this.server
    if (!server) return
    this.server = undefined
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
}

function unreachable(): never {
  throw new Error('the issuer has no address before it listens')
}

/** Graph's own access tokens are v1, as in life; our API takes v2 unless told. */
function resourcesFor({ graphResource, apiTokenVersion }: IssuerOptions): [Resource, Resource] {
  return [
    {
      clientId: GRAPH_CLIENT_ID,
      name: 'Microsoft Graph',
      uri: graphResource ?? 'https://graph.microsoft.com',
      accessTokenVersion: 1,
    },
    {
      clientId: flowCrm.clientId,
      name: flowCrm.name,
      uri: `api://${flowCrm.clientId}`,
      accessTokenVersion: apiTokenVersion ?? 2,
    },
  ]
}
