import type { Clock } from '../../../webhook/clock.ts'
import type { MimeSource } from './item.ts'
import type { NewItem } from './item/new-item.ts'
import { contentOf, glimpseOf } from './mime/content.ts'

/** A mail on its way into a mailbox. */
export type Delivery = {
  /** A function is called only when somebody reads the mail, so size and number cost nothing before. */
  mime: MimeSource
  /** Id or well-known name; Inbox by default, Drafts for a draft. */
  folder?: string
  receivedAt?: Date
  isRead?: boolean
  isDraft?: boolean
  categories?: readonly string[]
  isFlagged?: boolean
}

export async function newItem(delivery: Delivery, clock: Clock): Promise<NewItem> {
  const { mime } = delivery
  const receivedAt = wholeSeconds(delivery.receivedAt ?? clock.now())
  const read = typeof mime === 'function' ? undefined : await contentOf(mime, receivedAt)
  return {
    source: { mime },
    ...(read ? { glimpse: glimpseOf(read) } : {}),
    createdAt: receivedAt,
    receivedAt,
    isRead: delivery.isRead ?? delivery.isDraft ?? false,
    isDraft: delivery.isDraft ?? false,
    categories: delivery.categories ?? [],
    flag: { flagStatus: delivery.isFlagged ? 'flagged' : 'notFlagged' },
    inferenceClassification: 'focused',
  }
}

/** Graph shows whole seconds; what is shown and what is compared must agree. */
export const wholeSeconds = (date: Date) => Math.floor(date.getTime() / 1_000) * 1_000
