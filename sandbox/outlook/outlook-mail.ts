export type Person = { name: string; address: string }

/** Somebody whose Outlook this can be; a shared mailbox is opened in somebody else's. */
export type MailboxChoice = { address: string; displayName: string; isShared?: boolean }

/** One row of the message list. */
export type ListItem = {
  /** As Graph gives it (REST form). */
  id: string
  subject: string
  from: Person | null
  preview: string
  /** ISO time. */
  receivedAt: string
  isDraft: boolean
  isRead?: boolean
  hasAttachments?: boolean
}

/** `size` in bytes. */
export type ItemAttachment = {
  id: string
  name: string
  kind: 'file' | 'item' | 'cloud'
  contentType: string
  size: number
  isInline: boolean
  contentId: string | null
}

export type FullItem = ListItem & {
  internetMessageId: string | null
  to: Person[]
  cc: Person[]
  bcc?: Person[]
  bodyHtml: string
  conversationId?: string
  categories?: string[]
  attachments?: ItemAttachment[]
  headers?: { name: string; value: string }[]
}

/** What somebody writes: all of it, each time. */
export type DraftFields = {
  to: Person[]
  cc: Person[]
  bcc: Person[]
  subject: string
  bodyHtml: string
  /** Header lines an add-in has set; their names begin with `x-`. */
  headers: Record<string, string>
}

export type DraftStart = { kind: 'new' } | { kind: 'reply' | 'replyAll' | 'forward'; to: string }

/** Where the host page gets its mail from: the sandbox hands it the Graph twin's store, read in process. */
export interface OutlookMail {
  mailboxes(): MailboxChoice[]
  /** Newest first, of all folders but drafts and the bins: what a person would look through. */
  messages(address: string): Promise<ListItem[]>
  /** Null when it is not there (any more). */
  message(address: string, id: string): Promise<FullItem | null>
  /** Bytes of an attachment (of a message: its MIME); null when there are none. */
  attachment?(address: string, id: string, attachmentId: string): Promise<Uint8Array | null>
  /** Into the Archive, under a new id, which it tells; null when it is not there. */
  archive?(address: string, id: string): Promise<string | null>
  write?: MailWriting
}

/** Each tells null for what is not there (any more). */
export interface MailWriting {
  /** What a form opens with; nothing is stored yet. */
  begin(address: string, start: DraftStart): Promise<DraftFields | null>
  /** Makes the draft, or saves it again under the id it has. */
  save(address: string, id: string | null, draft: SavedDraft): Promise<{ id: string } | null>
  /** By way of the Outbox to Sent Items and the recipients (graph-contract 9 #13). */
  send(address: string, id: string): Promise<boolean>
}

/** `start`: what it began as. */
export type SavedDraft = DraftFields & { start: DraftStart }
