/**
 * What sync needs of a mail provider. Microsoft Graph is the first; nothing outside `provider/graph` knows its words.
 * Every method throws `ProviderError` (translated by status and code) and honours the signal.
 */
export interface MailProvider {
  account(signal: AbortSignal): Promise<ProviderAccount>
  /** The whole tree in reading order, hidden folders left out. */
  folders(signal: AbortSignal): Promise<ProviderFolder[]>
  /**
   * Walks what changed in a folder since the cursor (null: everything), page by page. Store `page.cursor` once the page
   * is applied; it resumes after that page.
   */
  changes(folder: ChangesRequest, signal: AbortSignal): AsyncIterable<ChangePage>
  /** One message as it is now, present or unreadable; null when the mailbox has none by this id. */
  message(messageId: string, signal: AbortSignal): Promise<MessageChange | null>
  /** The ids a folder holds now, asked for by a path of its own: the reconciler's independent witness. */
  messageIds(providerFolderId: string, signal: AbortSignal): AsyncIterable<string[]>
  subscribe(request: SubscribeRequest, signal: AbortSignal): Promise<ProviderSubscription>
  /** Extends a subscription. Throws `item-not-found` when the provider no longer has it. */
  renew(subscriptionId: string, lifeMs: number, signal: AbortSignal): Promise<ProviderSubscription>
  unsubscribe(subscriptionId: string, signal: AbortSignal): Promise<void>
}

export type ProviderAccount = { providerUserId: string; address: string; displayName: string }

export type ProviderFolder = {
  providerFolderId: string
  displayName: string
  /** 0 for a folder directly under the mailbox root. */
  depth: number
  totalItemCount: number
  /** Inbox and Sent Items: what a person nearly always wants. */
  suggested: boolean
}

export type Party = { name: string; address: string }

export type ProviderMessage = {
  messageId: string
  internetMessageId: string | null
  providerFolderId: string
  isDraft: boolean
  subject: string
  preview: string
  bodyHtml: string
  from: Party | null
  to: Party[]
  cc: Party[]
  sentAt: Date | null
  receivedAt: Date
  hasAttachments: boolean
}

/**
 * A change record need not be whole: a read flip may carry the id alone (graph-contract 3.2). `sparse` says that what
 * makes a message is missing and must already be known, or be asked for.
 */
export type MessageChange =
  | { kind: 'present'; messageId: string; message: ProviderMessage }
  | { kind: 'sparse'; messageId: string }
  | { kind: 'removed'; messageId: string }
  | { kind: 'unreadable'; messageId: string }

export type ChangePage = { changes: MessageChange[]; cursor: string; isLast: boolean }

export type ChangesRequest = { providerFolderId: string; cursor: string | null; pageSize: number }

export type SubscribeRequest = {
  providerFolderId: string
  notificationUrl: string
  lifecycleUrl: string
  clientState: string
  lifeMs: number
}

export type ProviderSubscription = { subscriptionId: string; expiresAt: Date }

/** Gives the provider for one connected mailbox. */
export type Providers = { forMailbox(mailbox: MailboxIdentity): MailProvider }

/** What a provider must know of a mailbox to act for it. */
export type MailboxIdentity = {
  workspaceId: string
  providerUserId: string
  authMode: 'delegated' | 'app'
  homeAccountId: string | null
}
