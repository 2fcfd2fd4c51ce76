/**
 * What sync needs of a mail provider. Microsoft Graph is the first; nothing outside `provider/graph` knows its words.
 * Every method throws `ProviderError` (translated by status and code) and honours the signal.
 */
export interface MailProvider {
  account(signal: AbortSignal): Promise<ProviderAccount>
  /** The whole tree in reading order, hidden folders too. */
  folders(signal: AbortSignal): Promise<ProviderFolder[]>
  /**
   * Walks what changed in a folder since the cursor (null: everything, newest first), page by page. Store `page.cursor`
   * once the page is applied; it resumes after that page.
   */
  changes(folder: ChangesRequest, signal: AbortSignal): AsyncIterable<ChangePage>
  /** What the folder received at or after `since`, newest first, one request and one page: for overtaking a long round. */
  newest(folder: NewestRequest, signal: AbortSignal): Promise<MessageChange[]>
  /** The newest messages of a folder without their texts: for a look at many. */
  recent(folder: RecentRequest, signal: AbortSignal): Promise<MessageChange[]>
  /** Where messages of this description lie, in the whole mailbox: for explaining. At most `MAX_FOUND`. */
  find(description: MessageDescription, signal: AbortSignal): Promise<FoundMessage[]>
  /** Ids of the messages of one conversation, in the whole mailbox; page by page. */
  conversation(conversationId: string, signal: AbortSignal): AsyncIterable<string[]>
  /** The subject of one of its messages, in one request; null when the mailbox has none of them. */
  conversationSubject(conversationId: string, signal: AbortSignal): Promise<string | null>
  /** One folder as it is now; null when the mailbox has none by this id. */
  folder(providerFolderId: string, signal: AbortSignal): Promise<ProviderFolderItself | null>
  /** The folder that what is sent from this mailbox goes to; null when it has none. */
  sentFolderId(signal: AbortSignal): Promise<string | null>
  /** One message as it is now, present or unreadable; null when the mailbox has none by this id. */
  message(messageId: string, signal: AbortSignal): Promise<MessageChange | null>
  /** What hangs on a message, without the bytes, in its order; null when the mailbox has no such message. */
  attachments(messageId: string, signal: AbortSignal): Promise<ProviderAttachment[] | null>
  /**
   * The bytes of a file, or of an item as MIME, as they come: one request until the last of them. Throws in the middle
   * when they break off. A `reference` has none.
   */
  attachmentContent(of: AttachmentName, signal: AbortSignal): AsyncIterable<Uint8Array>
  /** A message's read state and categories as they are now; null when the mailbox has none by this id. */
  marks(messageId: string, signal: AbortSignal): Promise<ProviderMarks | null>
  /** Changes what is named. Takes the right to write. Throws `conflict` when the message is no longer of this version. */
  mark(messageId: string, change: MarksChange, signal: AbortSignal): Promise<void>
  /** Where a person opens the message in Outlook on the web; null when there is no such message, or no such place. */
  webLink(messageId: string, signal: AbortSignal): Promise<string | null>
  /** The ids a folder holds now, asked for by a path of its own: the reconciler's independent witness. */
  messageIds(providerFolderId: string, signal: AbortSignal): AsyncIterable<string[]>
  /** Throws `conflict` when there is one for this folder already. */
  subscribe(request: SubscribeRequest, signal: AbortSignal): Promise<ProviderSubscription>
  /** Every subscription of ours that the provider holds and this credential may see. */
  subscriptions(signal: AbortSignal): Promise<ListedSubscription[]>
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
  hidden: boolean
  totalItemCount: number
  /** Inbox and Sent Items: what a person nearly always wants. */
  suggested: boolean
}

/** A folder without its place in the tree. */
export type ProviderFolderItself = Omit<ProviderFolder, 'depth' | 'suggested'>

export type Party = { name: string; address: string }

export type Sensitivity = 'normal' | 'personal' | 'private' | 'confidential'

/** What a message's header says of who wrote it: a person, or a machine (RFC 2919, RFC 3834). */
export type MachineHeaders = {
  /** It came by a mailing list that names itself. */
  hasListId: boolean
  autoSubmitted: string | null
  precedence: string | null
  /** Answers to it are wanted by nobody: `Return-Path: <>`. */
  hasNullReturnPath: boolean
}

export type ProviderMessage = {
  messageId: string
  internetMessageId: string | null
  providerFolderId: string
  /** Of the mailbox it lies in; colleagues' copies have others. */
  conversationId: string | null
  /** Message-IDs as they are written, the oldest first. */
  references: string[]
  inReplyTo: string | null
  isDraft: boolean
  isRead: boolean
  categories: string[]
  sensitivity: Sensitivity
  /** Under which its writer has chosen something in our pane; only of what was written in this mailbox. */
  choiceId?: string
  machine: MachineHeaders
  /** Its text cannot be read with the right to read the mailbox alone (S/MIME, rights management), and is not here. */
  isProtected: boolean
  subject: string
  preview: string
  bodyHtml: string
  from: Party | null
  /** Who sent it, where that is another than whom it is from. */
  sender: Party | null
  to: Party[]
  cc: Party[]
  bcc: Party[]
  replyTo: Party[]
  sentAt: Date | null
  receivedAt: Date
  hasAttachments: boolean
}

/** `version` names the message as it is with these. */
export type ProviderMarks = { version: string; isRead: boolean; categories: string[] }

export type MarksChange = { version: string; isRead?: boolean; categories?: string[] }

export type AttachmentName = { messageId: string; attachmentId: string }

/** `item`: a message, event or contact inside the message. `reference`: a link to a file in a cloud. */
export type ProviderAttachment = {
  attachmentId: string
  kind: 'file' | 'item' | 'reference'
  name: string
  contentType: string
  /** In bytes, about: the provider counts its own overhead (graph-contract 5). */
  size: number
  isInline: boolean
  /** By which the body's `cid:` names it, without brackets. */
  contentId: string | null
}

/**
 * A change record need not be whole: a read flip may carry the id alone (graph-contract 3.2). `sparse` says that what
 * makes a message is missing and must already be known, or be asked for.
 */
export type MessageChange =
  | { kind: 'present'; messageId: string; message: ProviderMessage }
  /** `isRead`, `categories`: as they are now, where the record tells. */
  | { kind: 'sparse'; messageId: string; isRead?: boolean; categories?: readonly string[] }
  | { kind: 'removed'; messageId: string }
  | { kind: 'unreadable'; messageId: string }

/** `bytes` is about what the page weighed: the next one's size is chosen by it. */
export type ChangePage = {
  changes: MessageChange[]
  cursor: string
  isLast: boolean
  bytes: number
}

/** `pageSize` is asked before each page. */
export type ChangesRequest = {
  providerFolderId: string
  cursor: string | null
  pageSize: () => number
}

export type NewestRequest = { providerFolderId: string; since: Date; atMost: number }

export type RecentRequest = { providerFolderId: string; atMost: number }

/** By its Message-ID, or by its sender and the time it was received (both ends included). */
export type MessageDescription =
  { internetMessageId: string } | { from: string; receivedFrom: Date; receivedTo: Date }

export type FoundMessage = { messageId: string; providerFolderId: string; receivedAt: Date }

export const MAX_FOUND = 25

export type SubscribeRequest = {
  providerFolderId: string
  notificationUrl: string
  lifecycleUrl: string
  clientState: string
  lifeMs: number
  /** Rich notifications: headers come along, encrypted for this certificate (graph-contract 2.4). */
  encryption?: { certificate: string; certificateId: string }
}

export type ProviderSubscription = { subscriptionId: string; expiresAt: Date }

export type ListedSubscription = ProviderSubscription & {
  notificationUrl: string
  /** The folder it watches; null when it watches something else. */
  providerFolderId: string | null
}

/** Gives the provider for one connected mailbox. */
export type Providers = {
  /** With the right to read alone, unless that to write is asked for. */
  forMailbox(mailbox: MailboxIdentity, right?: MailRight): MailProvider
  /** How many requests this process has made for the mailbox in ten minutes, and how many it may. */
  load?(mailbox: MailboxIdentity): { used: number; most: number }
}

export type MailRight = 'read' | 'write'

/** What a provider must know of a mailbox to act for it. */
export type MailboxIdentity = {
  workspaceId: string
  providerUserId: string
  authMode: 'delegated' | 'app'
  homeAccountId: string | null
}
