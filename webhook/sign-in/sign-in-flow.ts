import { createHash, randomBytes } from 'node:crypto'
import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node'
import type { Clock } from '../clock.ts'
import { SignInError } from '../errors.ts'
import { isSameText } from '../keys/same-text.ts'
import { ATTEMPT_MS, openAttempt, sealAttempt, type Attempt, type Purpose } from './attempt.ts'
import { refusedSignIn, toSignInError } from './authority-errors.ts'
import type { Admit } from './api-tokens.ts'
import type { Entra } from './entra.ts'
import { identityOf, type Identity } from './identity.ts'
import { safeReturnTo } from './decide/return-to.ts'
import { SealBrokenError } from '../keys/cipher.ts'
import type { Sealer } from './sealed.ts'
import type { TokenCache } from './tokens/token-cache.ts'

export type SignInFlowParts = {
  entra: Entra
  /** For the cookie of an attempt. */
  sealer: Sealer
  tokenCache: TokenCache
  clock: Clock
  /** Without a slash at the end. */
  publicUrl: string
  graphResource: string
  admit?: Admit
}

/** `cookie` goes with the browser, http-only, for `ATTEMPT_MS`. */
export type Departure = { url: string; cookie: string }

/** Who came back; `homeAccountId` names the partition of their tokens. */
export type Arrival = {
  purpose: Purpose
  returnTo: string
  identity: Identity
  homeAccountId: string
  /** Tokens nobody needs are not kept: signing in needs none afterwards, a connected mailbox does. */
  keepTokens: () => Promise<void>
}

export type Query = Readonly<Record<string, unknown>>

/** What of Graph is asked for; MSAL adds openid, profile and offline_access. */
const MAIL_PERMISSIONS: Record<Purpose, readonly string[]> = {
  'sign-in': [],
  'admin-consent': [],
  connect: ['Mail.Read', 'User.Read'],
  // The right to read by name as well: to write may not suffice for subscriptions (graph-contract 11 #4).
  'connect-both-ways': ['Mail.Read', 'Mail.ReadWrite', 'User.Read'],
}

export type BeginRequest = {
  purpose: Exclude<Purpose, 'admin-consent'>
  returnTo?: unknown
  loginHint?: string
}

/** Trips of a browser to the authority and back: the code flow with PKCE, state and nonce. */
export class SignInFlow {
  constructor(private readonly parts: SignInFlowParts) {}

  async begin({ purpose, returnTo, loginHint }: BeginRequest): Promise<Departure> {
    const attempt = this.newAttempt(purpose, safeReturnTo(returnTo))
    const client = await this.parts.entra.client()
    const url = await client.getAuthCodeUrl({
      scopes: this.scopesFor(purpose),
      redirectUri: this.callbackUrl,
      state: attempt.state,
      nonce: attempt.nonce,
      codeChallenge: challengeOf(attempt.verifier),
      codeChallengeMethod: 'S256',
      ...(loginHint ? { loginHint } : { prompt: 'select_account' }),
    })
    return { url, cookie: sealAttempt(this.parts.sealer, attempt) }
  }

  /** Throws a SignInError, or a ProviderError when the authority cannot be reached. */
  async finish(query: Query, cookie: string | undefined): Promise<Arrival> {
    const attempt = this.resume(query, cookie)
    if (attempt.purpose === 'admin-consent') throw again()
    if (query['error'] !== undefined) throw refusedSignIn(query)
    if (typeof query['code'] !== 'string') throw again()
    const { issuer } = await this.parts.entra.discovery()
    const client = await this.parts.entra.client()
    const result = await this.redeem(client, query['code'], attempt)
    const identity = identityOf(result.idTokenClaims, issuer)
    if (!identity || !result.account)
      throw new SignInError(
        'wrong-account',
        'This account does not belong to an organization that may use FlowCRM here. Sign in with another one.',
      )
    await this.parts.admit?.(identity.workspaceId)
    const { purpose, returnTo } = attempt
    const { homeAccountId } = result.account
    const keepTokens = () =>
      this.parts.tokenCache.replace(homeAccountId, client.getTokenCache().serialize())
    return { purpose, returnTo, identity, homeAccountId, keepTokens }
  }

  /** To the page where an administrator agrees for their whole tenant. */
  beginAdminConsent(tenantId: string): Departure {
    const attempt = this.newAttempt('admin-consent', '/')
    const url = this.parts.entra.adminConsentUrl(tenantId, {
      scope: `${this.parts.graphResource}/.default`,
      redirect_uri: `${this.parts.publicUrl}/auth/admin-consent/callback`,
      state: attempt.state,
    })
    return { url, cookie: sealAttempt(this.parts.sealer, attempt) }
  }

  /** A hint for the page only: what was agreed to, the tokens will show (graph-contract 7.1). */
  finishAdminConsent(query: Query, cookie: string | undefined): 'granted' | 'refused' {
    if (this.resume(query, cookie).purpose !== 'admin-consent') throw again()
    return query['admin_consent'] === 'True' ? 'granted' : 'refused'
  }

  private redeem(
    client: ConfidentialClientApplication,
    code: string,
    { purpose, nonce, verifier: codeVerifier }: Attempt,
  ): Promise<AuthenticationResult> {
    const scopes = this.scopesFor(purpose)
    const request = { scopes, redirectUri: this.callbackUrl, code, codeVerifier, nonce }
    return client.acquireTokenByCode(request).catch((error: unknown) => {
      throw toSignInError(error)
    })
  }

  private newAttempt(purpose: Purpose, returnTo: string): Attempt {
    const endsAt = this.parts.clock.now().getTime() + ATTEMPT_MS
    const [state, nonce, verifier] = [secret(), secret(), secret()]
    return { purpose, returnTo, state, nonce, verifier, endsAt }
  }

  /** The attempt this browser began, if the answer is the one to it. */
  private resume(query: Query, cookie = ''): Attempt {
    const attempt = this.open(cookie)
    const { state } = query
    const isOurs =
      attempt.endsAt > this.parts.clock.now().getTime() &&
      typeof state === 'string' &&
      isSameText(state, attempt.state)
    if (!isOurs) throw again()
    return attempt
  }

  private open(cookie: string): Attempt {
    try {
      return openAttempt(this.parts.sealer, cookie)
    } catch (error) {
      throw error instanceof SealBrokenError ? again(error) : error
    }
  }

  private scopesFor(purpose: Purpose): string[] {
    const names = MAIL_PERMISSIONS[purpose]
    return names.length > 0
      ? names.map((name) => `${this.parts.graphResource}/${name}`)
      : ['openid']
  }

  private get callbackUrl(): string {
    return `${this.parts.publicUrl}/auth/callback`
  }
}

/** 256 bits: also what PKCE asks of a verifier (RFC 7636, 43 characters). */
const secret = () => randomBytes(32).toString('base64url')

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

const again = (cause?: unknown) =>
  new SignInError(
    'sign-in-failed',
    'This sign-in was begun elsewhere, or too long ago. Begin again.',
    cause === undefined ? {} : { cause },
  )
