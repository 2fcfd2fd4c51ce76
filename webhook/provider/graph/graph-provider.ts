import type { Clock } from '../../clock.ts'
import { ProviderError } from '../../errors.ts'
import type {
  ChangePage,
  ChangesRequest,
  MailProvider,
  MessageChange,
  ProviderAccount,
  ProviderFolder,
  ProviderSubscription,
  SubscribeRequest,
} from '../provider.ts'
import { folderTree } from './folder-tree.ts'
import type { GraphClient } from './graph-client.ts'
import { MAX_LIST_PAGE } from './limits.ts'
import { asWhole, toChange } from './message-mapping.ts'
import { ChangeId, DeltaPage, Folder, IdPage, messageSelect, User } from './schemas.ts'
import { subscribe, renew } from './subscribe.ts'

/** One method per question about one mailbox; callers never see a URL. */
export class GraphProvider implements MailProvider {
  private readonly graph: GraphClient
  private readonly root: string

  /** `root` is `/users/{object id}`. */
  constructor(private readonly parts: { graph: GraphClient; root: string; clock: Clock }) {
    this.graph = parts.graph
    this.root = parts.root
  }

  /**
   * Who this is. An app that may read mail but not the directory is refused the profile; then the mailbox itself is
   * asked, and its address has to do as its id.
   */
  async account(signal: AbortSignal): Promise<ProviderAccount> {
    const user = await this.graph.json(this.root, User, { signal }).catch((error: unknown) => {
      if (error instanceof ProviderError && error.code === 'access-denied') return null
      throw error
    })
    if (user) {
      const address = (user.mail ?? user.userPrincipalName ?? '').toLowerCase()
      return { providerUserId: user.id, address, displayName: user.displayName ?? address }
    }
    await this.graph.json(`${this.root}/mailFolders/inbox?$select=id`, Folder, { signal })
    const address = decodeURIComponent(this.root.slice('/users/'.length)).toLowerCase()
    return { providerUserId: address, address, displayName: address }
  }

  folders(signal: AbortSignal): Promise<ProviderFolder[]> {
    return folderTree(this.graph, this.root, signal)
  }

  async *changes(
    { providerFolderId, cursor, pageSize }: ChangesRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ChangePage> {
    const headers = { Prefer: `odata.maxpagesize=${pageSize}` } // repeated on every page (graph-contract 3.1)
    const first =
      cursor ??
      `${this.root}/mailFolders/${encodeURIComponent(providerFolderId)}/messages/delta?$select=${messageSelect}`
    for await (const page of this.graph.pages(first, DeltaPage, { headers, signal })) {
      const { value, '@odata.nextLink': nextLink, '@odata.deltaLink': deltaLink } = page
      const next = nextLink ?? deltaLink
      if (!next)
        throw new ProviderError('unexpected-answer', 'later', 'A delta page came without a link.')
      yield { changes: value.map(toChange), cursor: next, isLast: !nextLink }
    }
  }

  async message(messageId: string, signal: AbortSignal): Promise<MessageChange | null> {
    const path = `${this.root}/messages/${encodeURIComponent(messageId)}?$select=${messageSelect}`
    return this.graph.json(path, ChangeId, { signal }).then(
      (record) => asWhole(toChange(record)),
      (error: unknown) => {
        if (error instanceof ProviderError && error.code === 'item-not-found') return null
        throw error
      },
    )
  }

  async *messageIds(providerFolderId: string, signal: AbortSignal): AsyncGenerator<string[]> {
    const first = `${this.root}/mailFolders/${encodeURIComponent(providerFolderId)}/messages?$select=id&$top=${MAX_LIST_PAGE}`
    for await (const page of this.graph.pages(first, IdPage, { signal }))
      yield page.value.map(({ id }) => id)
  }

  subscribe(request: SubscribeRequest, signal: AbortSignal): Promise<ProviderSubscription> {
    return subscribe(this.parts, request, signal)
  }

  renew(
    subscriptionId: string,
    lifeMs: number,
    signal: AbortSignal,
  ): Promise<ProviderSubscription> {
    return renew(this.parts, { subscriptionId, lifeMs }, signal)
  }

  async unsubscribe(subscriptionId: string, signal: AbortSignal): Promise<void> {
    const path = `/subscriptions/${encodeURIComponent(subscriptionId)}`
    await this.graph.send(path, { method: 'delete', signal })
  }
}
