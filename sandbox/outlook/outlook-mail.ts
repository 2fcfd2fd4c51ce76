export type Person = { name: string; address: string }

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
}

export type FullItem = ListItem & {
  internetMessageId: string | null
  to: Person[]
  cc: Person[]
  bodyHtml: string
}

/** Where the host page gets its mail from: the sandbox hands it the Graph twin's store, read in process. */
export interface OutlookMail {
  mailboxes(): { address: string; displayName: string }[]
  /** Newest first, of all folders or of the Inbox: what a person would look through. */
  messages(address: string): Promise<ListItem[]>
  /** Null when it is not there (any more). */
  message(address: string, id: string): Promise<FullItem | null>
}
