import type { AuthenticationResult } from '@azure/msal-node'
import type { Clock } from '../../clock.ts'
import { ProviderError } from '../../errors.ts'
import type { MailboxIdentity, MailRight } from '../../provider/provider.ts'
import { toProviderError } from '../authority-errors.ts'
import type { Entra } from '../entra.ts'
import type { TokenCache } from './token-cache.ts'
import { TokenMemo } from './token-memo.ts'

/**
 * `fresh`: not from a cache, the last one was refused. `claims`: what the refusal asked for, as JSON (graph-contract 7.3).
 * `right`: to read, unless that to write is asked for; of an app's token the tenant alone decides.
 */
export type TokenOptions = { fresh: boolean; claims?: string; right?: MailRight }

type Wanted = TokenOptions & { partition: string }

/** Which permission of a person gives which right (graph-contract 7.2). */
const PERMISSIONS = { read: 'Mail.Read', write: 'Mail.ReadWrite' } as const
const RIGHTS = ['read', 'write'] as const

/** Under which a token is at hand: one for each right that was asked for. */
const memoKey = ({ partition, right = 'read' }: Pick<Wanted, 'partition' | 'right'>) =>
  `${partition} ${right}`

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
    if (options.fresh || options.claims) this.memo.drop(memoKey(wanted))
    const known = this.memo.find(memoKey(wanted))
    if (known) return Promise.resolve(known)
    return this.once(wanted, () =>
      isApp ? this.ofApp(wanted, mailbox.workspaceId) : this.ofPerson(wanted),
    )
  }

  /** What is at hand here; the sealed cache is the store's. */
  forget(mailbox: MailboxIdentity): void {
    const partition = partitionOf(mailbox)
    for (const right of RIGHTS) this.memo.drop(memoKey({ partition, right }))
  }

  /** Everybody who asks while a refresh is under way gets its answer: a thousand at once cost one call. */
  private once(
    wanted: Wanted,
    acquire: () => Promise<AuthenticationResult | null>,
  ): Promise<string> {
    const { fresh, claims = '' } = wanted
    const key = `${memoKey(wanted)} ${fresh} ${claims}`
    const running = this.underWay.get(key)
    if (running) return running
    const started = acquire()
      .then((result) => {
        const got = tokenIn(result)
        this.memo.keep(memoKey(wanted), got)
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
    right = 'read',
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
    const scopes = [`${this.parts.graphResource}/${PERMISSIONS[right]}`]
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
