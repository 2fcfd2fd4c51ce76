import type { Message } from '@microsoft/microsoft-graph-types'
import type { MailChange } from './change.ts'

/** `default` ids change when an item moves, `immutable` ones do not (graph-contract 4.2). */
export type IdType = 'default' | 'immutable'

export type MailboxInfo = {
  userId: string
  address: string
  displayName: string
  /** Whose tokens open it; without one, those of any tenant do. */
  tenantId?: string
  /** `not-enabled` answers 404 MailboxNotEnabledForRESTAPI, `quarantined` 500 (graph-contract 6.2, 9 #8). */
  state: 'active' | 'not-enabled' | 'quarantined'
}

export type FolderInfo = {
  id: string
  displayName: string
  wellKnownName?: string
  parentFolderId: string | null
}

/** What the rest of the twin may ask of the mailboxes. */
export interface MailStoreView {
  /** By object id, address or alias, in any case. */
  findMailbox(userIdOrAddress: string): MailboxInfo | undefined
  mailboxes(): MailboxInfo[]
  /** By folder id (case-sensitive) or well-known name (any case). */
  findFolder(userId: string, idOrWellKnownName: string): FolderInfo | undefined
  /** The whole item as Graph would show it now, or undefined when no item goes by this id. */
  findMessage(userId: string, id: string, idType: IdType): Message | undefined
  /** Listeners run synchronously, in order, after the change is in the store. */
  onChange(listener: (change: MailChange) => void): void
}
