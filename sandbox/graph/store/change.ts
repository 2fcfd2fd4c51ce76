import type { Message } from '@microsoft/microsoft-graph-types'

/** What changes in a mailbox, told to whoever delivers notifications (graph-contract 1.3, 10 "Event emission"). */
export type MailChange = {
  /** The mailbox owner's object id. */
  userId: string
  changeType: 'created' | 'updated' | 'deleted'
  /** The folder it was seen in. */
  folderId: string
  /** Both ids of the item as they were valid there at that moment. */
  immutableId: string
  defaultId: string
  etag: string
  /** The item before and after, for subscriptions with a `$filter` (enter and leave) and for rich notifications. */
  before?: Message | undefined
  after?: Message | undefined
  /** The same for all changes of one bulk operation: Exchange goes silent over large ones (graph-contract 9 #9). */
  bulkId?: string
  bulkSize?: number
}

/** Marks the changes of one bulk operation (graph-contract 9 #9). */
export type Bulk = { bulkId: string; bulkSize: number }
