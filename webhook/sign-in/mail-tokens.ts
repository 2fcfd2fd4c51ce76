import type { AuthenticationResult } from '@azure/msal-node'
import { ProviderError } from '../errors.ts'
import type { MailboxIdentity } from '../provider/provider.ts'
import { toProviderError } from './authority-errors.ts'
import type { Entra } from './entra.ts'
import type { TokenCache } from './token-cache.ts'

export type MailTokensParts = { entra: Entra; tokenCache: TokenCache; graphResource: string }

/** Access tokens for Graph, one partition of the cache for each person, or for the app in a tenant. */
export class MailTokens {
  private readonly underWay = new Map<string, Promise<string>>()

  constructor(private readonly parts: MailTokensParts) {}

  /** Throws a ProviderError: reconnect-needed, admin-consent-needed or provider-unavailable. */
  accessTokenFor({ authMode, homeAccountId, workspaceId }: MailboxIdentity): Promise<string> {
    return authMode === 'app'
      ? this.once(`app.${workspaceId}`, (partition) => this.ofApp(partition, workspaceId))
      : this.once(homeAccountId ?? '', (partition) => this.ofPerson(partition))
  }

  /** Everybody who asks while a refresh is under way gets its answer: a thousand at once cost one call. */
  private once(partition: string, acquire: (partition: string) => Promise<string>) {
    const running = this.underWay.get(partition)
    if (running) return running
    const started = acquire(partition)
      .catch((error: unknown) => {
        throw toProviderError(error)
      })
      .finally(() => this.underWay.delete(partition))
    this.underWay.set(partition, started)
    return started
  }

  private async ofPerson(homeAccountId: string): Promise<string> {
    const cachePlugin = this.parts.tokenCache.plugin(homeAccountId)
    const client = await this.parts.entra.client({ cachePlugin })
    const account = await client.getTokenCache().getAccountByHomeId(homeAccountId)
    if (!account)
      throw new ProviderError(
        'reconnect-needed',
        'after-reconnect',
        'FlowCRM holds no access to this mailbox. Connect it again.',
      )
    const scopes = [`${this.parts.graphResource}/Mail.Read`]
    return tokenOf(await client.acquireTokenSilent({ account, scopes }))
  }

  private async ofApp(partition: string, tenant: string): Promise<string> {
    const cachePlugin = this.parts.tokenCache.plugin(partition)
    const client = await this.parts.entra.client({ tenant, cachePlugin })
    const scopes = [`${this.parts.graphResource}/.default`]
    return tokenOf(await client.acquireTokenByClientCredential({ scopes }))
  }
}

function tokenOf(result: AuthenticationResult | null): string {
  if (result?.accessToken) return result.accessToken
  throw new ProviderError('unexpected-answer', 'later', 'The sign-in service gave no token.')
}
