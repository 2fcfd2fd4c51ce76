import type { AuthenticationResult } from '@azure/msal-node'
import { ProviderError } from '../errors.ts'
import type { MailboxIdentity } from '../provider/provider.ts'
import { toProviderError } from './authority-errors.ts'
import type { Entra } from './entra.ts'
import type { TokenCache } from './token-cache.ts'

type Wanted = { partition: string; fresh: boolean }

export type MailTokensParts = { entra: Entra; tokenCache: TokenCache; graphResource: string }

/** Access tokens for Graph, one partition of the cache for each person, or for the app in a tenant. */
export class MailTokens {
  private readonly underWay = new Map<string, Promise<string>>()

  constructor(private readonly parts: MailTokensParts) {}

  /**
   * `fresh` passes the cache by, because the token in it was refused. Throws a ProviderError: reconnect-needed,
   * admin-consent-needed or provider-unavailable.
   */
  accessTokenFor(mailbox: MailboxIdentity, { fresh } = { fresh: false }): Promise<string> {
    const isApp = mailbox.authMode === 'app'
    const partition = isApp ? `app.${mailbox.workspaceId}` : (mailbox.homeAccountId ?? '')
    return this.once(`${partition} ${fresh}`, () =>
      isApp
        ? this.ofApp({ partition, fresh, tenant: mailbox.workspaceId })
        : this.ofPerson({ partition, fresh }),
    )
  }

  /** Everybody who asks while a refresh is under way gets its answer: a thousand at once cost one call. */
  private once(wanted: string, acquire: () => Promise<string>): Promise<string> {
    const running = this.underWay.get(wanted)
    if (running) return running
    const started = acquire()
      .catch((error: unknown) => {
        throw toProviderError(error)
      })
      .finally(() => this.underWay.delete(wanted))
    this.underWay.set(wanted, started)
    return started
  }

  private async ofPerson({ partition, fresh }: Wanted): Promise<string> {
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
    return tokenOf(await client.acquireTokenSilent({ account, scopes, forceRefresh: fresh }))
  }

  private async ofApp({ partition, fresh, tenant }: Wanted & { tenant: string }): Promise<string> {
    const cachePlugin = this.parts.tokenCache.plugin(partition)
    const client = await this.parts.entra.client({ tenant, cachePlugin })
    const scopes = [`${this.parts.graphResource}/.default`]
    return tokenOf(await client.acquireTokenByClientCredential({ scopes, skipCache: fresh }))
  }
}

function tokenOf(result: AuthenticationResult | null): string {
  if (result?.accessToken) return result.accessToken
  throw new ProviderError('unexpected-answer', 'later', 'The sign-in service gave no token.')
}
