import type { AuthenticationResult } from '@azure/msal-node'
import type { Clock } from '../clock.ts'
import { ProviderError } from '../errors.ts'
import type { MailboxIdentity } from '../provider/provider.ts'
import { toProviderError } from './authority-errors.ts'
import type { Entra } from './entra.ts'
import type { TokenCache } from './token-cache.ts'
import { TokenMemo } from './token-memo.ts'

/** `fresh`: not from a cache, the last one was refused. `claims`: what the refusal asked for, as JSON (graph-contract 7.3). */
export type TokenOptions = { fresh: boolean; claims?: string }

type Wanted = TokenOptions & { partition: string }

/** Under which name its tokens are kept: the person's, or the app's in its tenant. */
export const partitionOf = ({ authMode, workspaceId, homeAccountId }: MailboxIdentity): string =>
  authMode === 'app' ? `app.${workspaceId}` : (homeAccountId ?? '')

export type MailTokensParts = {
  entra: Entra
  tokenCache: TokenCache
  graphResource: string
  clock: Clock
}

/** Access tokens for Graph, one partition of the cache for each person, or for the app in a tenant. */
export class MailTokens {
  private readonly underWay = new Map<string, Promise<string>>()
  private readonly memo

  constructor(private readonly parts: MailTokensParts) {
    this.memo = new TokenMemo(parts.clock)
  }

  /**
   * A token at hand costs nothing; `fresh` and `claims` pass every cache by. Throws a ProviderError: what it says about
   * the mailbox, `decide/trouble.ts` tells.
   */
  accessTokenFor(
    mailbox: MailboxIdentity,
    options: TokenOptions = { fresh: false },
  ): Promise<string> {
    const isApp = mailbox.authMode === 'app'
    const partition = partitionOf(mailbox)
    const wanted = { ...options, partition }
    if (options.fresh || options.claims) this.memo.drop(partition)
    const known = this.memo.find(partition)
    if (known) return Promise.resolve(known)
    return this.once(wanted, () =>
      isApp ? this.ofApp(wanted, mailbox.workspaceId) : this.ofPerson(wanted),
    )
  }

  /** What is at hand here; the sealed cache is the store's. */
  forget(mailbox: MailboxIdentity): void {
    this.memo.drop(partitionOf(mailbox))
  }

  /** Everybody who asks while a refresh is under way gets its answer: a thousand at once cost one call. */
  private once(
    { partition, fresh, claims = '' }: Wanted,
    acquire: () => Promise<AuthenticationResult | null>,
  ): Promise<string> {
    const key = `${partition} ${fresh} ${claims}`
    const running = this.underWay.get(key)
    if (running) return running
    const started = acquire()
      .then((result) => {
        const got = tokenIn(result)
        this.memo.keep(partition, got)
        return got.accessToken
      })
      .catch((error: unknown) => {
        throw toProviderError(error)
      })
      .finally(() => this.underWay.delete(key))
    this.underWay.set(key, started)
    return started
  }

  private async ofPerson({
    partition,
    fresh,
    claims,
  }: Wanted): Promise<AuthenticationResult | null> {
    const cachePlugin = this.parts.tokenCache.plugin(partition)
    const client = await this.parts.entra.client({ cachePlugin })
    const account = await client.getTokenCache().getAccountByHomeId(partition)
    if (!account)
      throw new ProviderError(
        'reconnect-needed',
        'after-reconnect',
        'FlowCRM holds no access to this mailbox. Connect it again.',
      )
    const scopes = [`${this.parts.graphResource}/Mail.Read`]
    const asked = { account, scopes, forceRefresh: fresh, ...(claims && { claims }) }
    return client.acquireTokenSilent(asked)
  }

  private async ofApp(
    { partition, fresh, claims }: Wanted,
    tenant: string,
  ): Promise<AuthenticationResult | null> {
    const cachePlugin = this.parts.tokenCache.plugin(partition)
    const client = await this.parts.entra.client({ tenant, cachePlugin })
    const scopes = [`${this.parts.graphResource}/.default`]
    const asked = { scopes, skipCache: fresh, ...(claims && { claims }) }
    return client.acquireTokenByClientCredential(asked)
  }
}

function tokenIn(result: AuthenticationResult | null): AuthenticationResult {
  if (result?.accessToken) return result
  throw new ProviderError('unexpected-answer', 'later', 'The sign-in service gave no token.')
}
