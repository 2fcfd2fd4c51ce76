import type {
  FollowupFlag,
  Importance,
  InferenceClassificationType,
} from '@microsoft/microsoft-graph-types'
import type { ChangeLog } from './folder/change-log.ts'
import type { FolderItems } from './folder/folder-items.ts'
import type { Glimpse, StoredAttachment, Written } from './mime/content.ts'

/** Raw MIME, or a way to it for mail so large or so many that it is made only when somebody asks. */
export type MimeSource = Uint8Array | (() => Uint8Array)

/** One item of a mailbox. Times are milliseconds since 1970. */
export type Item = {
  /** Stays while the item stays in the mailbox; a desktop move gives a new one (graph-contract 9 #17). */
  immutable: number
  /** New with every move (graph-contract 4.2). */
  default: number
  folder: Folder
  /** Number of the latest change in the mailbox that touched this item. */
  changeNumber: number
  /** Numbers of the change that put it into its folder, and of the latest one that touched more than `touched` names. */
  joinedAt: number
  rewrittenAt: number
  /** Number of the latest change of single properties, where delta may be sparse (graph-contract 3.2). */
  touched: Readonly<Partial<Record<TouchableProperty, number>>>
  /** In this folder before, under the same immutable id: number of the change by which it left (graph-contract 9 #19). */
  leftBefore: ReadonlyMap<Folder, number>
  /** `light` is the same mail without the bytes of its attachments, for mail so large that one wants to open it rarely. */
  source: { mime: MimeSource; light?: Uint8Array } | { written: Written }
  glimpse: Glimpse | undefined
  /** Added after the MIME was delivered, by upload. */
  added: StoredAttachment[] | undefined
  extended: Map<string, ExtendedProperty> | undefined
  createdAt: number
  arrivedAt: number
  receivedAt: number
  modifiedAt: number
  isRead: boolean
  isDraft: boolean
  categories: readonly string[]
  flag: FollowupFlag
  importance: Importance | undefined
  inferenceClassification: InferenceClassificationType
  /** Where it was before it went to Deleted Items. */
  deletedFrom: Folder | undefined
}

export type TouchableProperty =
  | 'isRead'
  | 'categories'
  | 'flag'
  | 'importance'
  | 'inferenceClassification'
  | 'singleValueExtendedProperties'

/** Its id as it was written, and the value (graph-contract 4.4). */
export type ExtendedProperty = { id: string; value: string }

export type Folder = {
  serial: number
  id: string
  displayName: string
  wellKnownName?: string
  parent: Folder | null
  children: Set<Folder>
  isHidden: boolean
  changeNumber: number
  joinedAt: number
  items: FolderItems<Item>
  unread: number
  log: ChangeLog<Item>
}

/** How to find an item again; both ids are valid until it moves (graph-contract 4.2). */
export type ItemRef = {
  userId: string
  defaultId: string
  immutableId: string
  folderId: string
  etag: string
}
