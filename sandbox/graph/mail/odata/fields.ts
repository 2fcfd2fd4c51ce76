import { badRequest } from '../../errors.ts'
import type { Item } from '../../store/item.ts'
import { conversationOf } from '../../store/mime/conversation.ts'
import { hasAttachments, itemEnvelope, type MailboxFacts } from '../../store/message-view.ts'

export type FieldValue = string | number | boolean

/** A property one may filter or sort by. `inside` ones are known only once the MIME was read. */
export type Field = {
  type: 'text' | 'date' | 'boolean'
  read(item: Item, mailbox: MailboxFacts): FieldValue
  inside?: true
}

const envelope = (read: (of: ReturnType<typeof itemEnvelope>) => string | undefined): Field => ({
  type: 'text',
  read: (item) => read(itemEnvelope(item)) ?? '',
})

/** What Exchange lets one filter messages by; a path that is not here is an error. */
const FIELDS: Readonly<Record<string, Field>> = {
  isread: { type: 'boolean', read: (item) => item.isRead },
  isdraft: { type: 'boolean', read: (item) => item.isDraft },
  hasattachments: { type: 'boolean', read: hasAttachments, inside: true },
  receiveddatetime: { type: 'date', read: (item) => item.receivedAt },
  sentdatetime: { type: 'date', read: (item) => itemEnvelope(item).sentAt ?? item.receivedAt },
  createddatetime: { type: 'date', read: (item) => item.createdAt },
  lastmodifieddatetime: { type: 'date', read: (item) => item.modifiedAt },
  subject: envelope(({ subject }) => subject),
  internetmessageid: envelope(({ internetMessageId }) => internetMessageId),
  conversationid: {
    type: 'text',
    read: (item, { tag, conversationRoots }) =>
      conversationOf(tag, conversationRoots, itemEnvelope(item)).conversationId,
  },
  'from/emailaddress/address': envelope(({ from }) => from?.emailAddress?.address ?? undefined),
  'from/emailaddress/name': envelope(({ from }) => from?.emailAddress?.name ?? undefined),
  'sender/emailaddress/address': envelope(
    ({ sender }) => sender?.emailAddress?.address ?? undefined,
  ),
  importance: { type: 'text', read: (item) => item.importance ?? itemEnvelope(item).importance },
  'flag/flagstatus': { type: 'text', read: ({ flag }) => flag.flagStatus ?? 'notFlagged' },
  inferenceclassification: { type: 'text', read: (item) => item.inferenceClassification },
}

export function fieldAt(path: string): Field {
  const field = FIELDS[path.toLowerCase()]
  if (field) return field
  throw badRequest(
    `The property '${path}' does not support filtering or sorting.`,
    'ErrorInvalidUrlQueryFilter',
  )
}

/** Text is compared and sorted without regard to case. */
export const folded = (value: FieldValue): FieldValue =>
  typeof value === 'string' ? value.toLowerCase() : value
