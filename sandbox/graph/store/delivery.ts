import type { Clock } from '../../../webhook/clock.ts'
import type { MimeSource } from './item.ts'
import type { NewItem } from './item/new-item.ts'
import { contentOf, glimpseOf } from './mime/content.ts'

/** A mail on its way into a mailbox. */
export type Delivery = {
  /** A function is called only when somebody reads the mail, so size and number cost nothing before. */
  mime: MimeSource
  /** The same mail without the bytes of its attachments: what it shows is read from here, and `mime` left alone. */
  light?: Uint8Array
  /** Id or well-known name; Inbox by default, Drafts for a draft. */
  folder?: string
  receivedAt?: Date
  isRead?: boolean
  isDraft?: boolean
  categories?: readonly string[]
  isFlagged?: boolean
}

export async function newItem(delivery: Delivery, clock: Clock): Promise<NewItem> {
  const { mime, light } = delivery
  const receivedAt = wholeSeconds(delivery.receivedAt ?? clock.now())
  const now = light ?? (typeof mime === 'function' ? undefined : mime)
  const read = now && (await contentOf(now, receivedAt))
  return {
    source: { mime, ...(light && { light }) },
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
