import type { Clock } from '../../clock.ts'
import { ProviderError } from '../../errors.ts'
import type {
  AttachmentName,
  ChangePage,
  ChangesRequest,
  FoundMessage,
  ListedSubscription,
  MailProvider,
  MessageChange,
  MessageDescription,
  MarksChange,
  ProviderMarks,
  NewestRequest,
  RecentRequest,
  ProviderAccount,
  ProviderAttachment,
  ProviderFolder,
  ProviderFolderItself,
  ProviderSubscription,
  SubscribeRequest,
} from '../provider.ts'
import { attachmentContent, attachments, webLink } from './questions/attachments.ts'
import { conversationSubject, find, ofConversation } from './questions/find.ts'
import {
  folderPath,
  folderTree,
  toFolder,
  unlessMissing,
  wellKnownId,
} from './questions/folder-tree.ts'
import { mark, marks } from './questions/marks.ts'
import type { GraphClient } from './requests/graph-client.ts'
import { MAX_LIST_PAGE } from './limits.ts'
import { asWhole, toChange, weightOf } from './questions/message-mapping.ts'
import {
  ChangeId,
  DeltaPage,
  Folder,
  FolderId,
  headerSelect,
  IdPage,
  MessagePage,
  messageExpand,
  messageSelect,
  User,
} from './schemas.ts'
import { query } from './questions/query.ts'
import { listSubscriptions, renew, subscribe } from './questions/subscribe.ts'

/** One method per question about one mailbox; callers never see a URL. */
export class GraphProvider implements MailProvider {
  private readonly graph: GraphClient
  private readonly root: string

  constructor(
    private readonly parts: { graph: GraphClient; providerUserId: string; clock: Clock },
  ) {
    this.graph = parts.graph
    this.root = `/users/${encodeURIComponent(parts.providerUserId)}`
  }

  /**
   * Who this is. An app that may read mail but not the directory is refused the profile; then the mailbox itself is
   * asked, and its address has to do as its id.
   */
  async account(signal: AbortSignal): Promise<ProviderAccount> {
    const call = { operation: 'account', signal } as const
    const user = await this.graph.json(this.root, User, call).catch((error: unknown) => {
      if (error instanceof ProviderError && error.code === 'access-denied') return null
      throw error
    })
    if (user) {
      const address = (user.mail ?? user.userPrincipalName ?? '').toLowerCase()
      return { providerUserId: user.id, address, displayName: user.displayName ?? address }
    }
    await this.graph.json(`${this.root}/mailFolders/inbox?$select=id`, FolderId, call)
    const address = this.parts.providerUserId.toLowerCase()
    return { providerUserId: address, address, displayName: address }
  }

  folders(signal: AbortSignal): Promise<ProviderFolder[]> {
    return folderTree(this.graph, this.root, signal)
  }

  async folder(
    providerFolderId: string,
    signal: AbortSignal,
  ): Promise<ProviderFolderItself | null> {
    return this.graph
      .json(folderPath(this.root, providerFolderId), Folder, { operation: 'folder', signal })
      .then(toFolder, unlessMissing)
  }

  sentFolderId(signal: AbortSignal): Promise<string | null> {
    const where = { root: this.root, name: 'sentitems' } as const
    return wellKnownId(this.graph, where, { operation: 'folder', signal })
  }

  async *changes(
    { providerFolderId, cursor, pageSize }: ChangesRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ChangePage> {
    const first = cursor ?? `${this.messagesIn(providerFolderId)}/delta?${firstRound}`
    const pages = this.graph.pages(first, DeltaPage, () => ({
      ...{ operation: 'delta', signal },
      headers: { Prefer: `odata.maxpagesize=${pageSize()}` }, // on every page (graph-contract 3.1)
    }))
    for await (const { value, ...links } of pages) {
      const { '@odata.nextLink': nextLink, '@odata.deltaLink': deltaLink } = links
      const cursor = nextLink ?? deltaLink
      if (!cursor)
        throw new ProviderError('unexpected-answer', 'later', 'A delta page came without a link.')
      const changes = value.map(toChange)
      yield { changes, cursor, isLast: !nextLink, bytes: weightOf(changes) }
    }
  }

  async newest(
    { providerFolderId, since, atMost }: NewestRequest,
    signal: AbortSignal,
  ): Promise<MessageChange[]> {
    const path = `${this.messagesIn(providerFolderId)}?${query({
      $select: messageSelect,
      $expand: messageExpand,
      $filter: `receivedDateTime ge ${since.toISOString()}`,
      $orderby: 'receivedDateTime desc',
      $top: Math.min(atMost, MAX_LIST_PAGE),
    })}`
    const { value } = await this.graph.json(path, MessagePage, { operation: 'newest', signal })
    return value.map(toChange).map(asWhole)
  }

  async recent(
    { providerFolderId, atMost }: RecentRequest,
    signal: AbortSignal,
  ): Promise<MessageChange[]> {
    const path = `${this.messagesIn(providerFolderId)}?${query({
      $select: headerSelect,
      $expand: messageExpand,
      $orderby: 'receivedDateTime desc',
      $top: Math.min(atMost, MAX_LIST_PAGE),
    })}`
    const { value } = await this.graph.json(path, MessagePage, { operation: 'newest', signal })
    return value.map(toChange).map(asWhole)
  }

  find(description: MessageDescription, signal: AbortSignal): Promise<FoundMessage[]> {
    return find(this.graph, { root: this.root, description }, signal)
  }

  async message(messageId: string, signal: AbortSignal): Promise<MessageChange | null> {
    const path = `${this.root}/messages/${encodeURIComponent(messageId)}?$select=${messageSelect}&${query({ $expand: messageExpand })}`
    return this.graph
      .json(path, ChangeId, { operation: 'message', signal })
      .then((record) => asWhole(toChange(record)), unlessMissing)
  }

  attachments(messageId: string, signal: AbortSignal): Promise<ProviderAttachment[] | null> {
    return attachments(this.graph, { root: this.root, messageId }, signal)
  }

  attachmentContent(of: AttachmentName, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return attachmentContent(this.graph, { root: this.root, ...of }, signal)
  }

  marks(messageId: string, signal: AbortSignal): Promise<ProviderMarks | null> {
    return marks(this.graph, { root: this.root, messageId }, signal)
  }

  mark(messageId: string, change: MarksChange, signal: AbortSignal): Promise<void> {
    return mark(this.graph, { root: this.root, messageId, change }, signal)
  }

  webLink(messageId: string, signal: AbortSignal): Promise<string | null> {
    return webLink(this.graph, { root: this.root, messageId }, signal)
  }

  async *messageIds(providerFolderId: string, signal: AbortSignal): AsyncGenerator<string[]> {
    const first = `${this.messagesIn(providerFolderId)}?$select=id&$top=${MAX_LIST_PAGE}`
    for await (const page of this.graph.pages(first, IdPage, () => ({ operation: 'ids', signal })))
      yield page.value.map(({ id }) => id)
  }

  async *conversation(conversationId: string, signal: AbortSignal): AsyncGenerator<string[]> {
    const options = { $select: 'id', ...ofConversation(conversationId), $top: MAX_LIST_PAGE }
    const first = `${this.root}/messages?${query(options)}`
    for await (const page of this.graph.pages(first, IdPage, () => ({ operation: 'find', signal })))
      yield page.value.map(({ id }) => id)
  }

  conversationSubject(conversationId: string, signal: AbortSignal): Promise<string | null> {
    return conversationSubject(this.graph, { root: this.root, conversationId }, signal)
  }

  subscribe(request: SubscribeRequest, signal: AbortSignal): Promise<ProviderSubscription> {
    return subscribe({ ...this.parts, root: this.root }, request, signal)
  }

  subscriptions(signal: AbortSignal): Promise<ListedSubscription[]> {
    return listSubscriptions(this.graph, this.parts.providerUserId, signal)
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
    await this.graph.send(path, { operation: 'unsubscribe', method: 'delete', signal })
  }

  private messagesIn(providerFolderId: string): string {
    return `${folderPath(this.root, providerFolderId)}/messages`
  }
}

/** Baked into the links that follow (graph-contract 3.1). Newest first, so that what is looked for soonest is there first. */
const firstRound = query({
  $select: messageSelect,
  $expand: messageExpand,
  $orderby: 'receivedDateTime desc',
})
