import type { Recipient } from '@microsoft/microsoft-graph-types'
import type { Item } from '../../store/item.ts'
import type { ItemPatch } from '../../store/item/item-actions.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { NewItem } from '../../store/item/new-item.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { itemEnvelope } from '../../store/message-view.ts'
import {
  glimpseOf,
  type Content,
  type StoredAttachment,
  type Written,
} from '../../store/mime/content.ts'
import type { Envelope } from '../../store/mime/envelope.ts'
import { withExtended } from './extended-properties.ts'
import type { AttachmentInput, MessageInput } from './message-input.ts'

/** An empty message of this mailbox's owner. Its `internetMessageId` is there from the first save. */
export function blankDraft({ random }: Pick<Mailboxes, 'random'>, { info }: Mailbox): Written {
  const owner: Recipient = { emailAddress: { name: info.displayName, address: info.address } }
  const envelope: Envelope = {
    internetMessageId: `<${random.guid()}@${info.address.split('@')[1] ?? 'localhost'}>`,
    subject: '',
    from: owner,
    sender: owner,
    toRecipients: [],
    ccRecipients: [],
    bccRecipients: [],
    replyTo: [],
    importance: 'normal',
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    references: [],
  }
  return { envelope, content: { attachments: [] }, headers: [] }
}

/** The message with what somebody wrote laid over it. */
export function withInput(written: Written, input: MessageInput, now: number): Written {
  const { body, attachments, internetMessageHeaders, importance, ...rest } = input
  const envelope = {
    ...written.envelope,
    ...envelopeParts(rest),
    ...(importance ? { importance } : {}),
  }
  const content: Content = {
    ...(body ? bodyParts(body) : written.content),
    attachments: [
      ...written.content.attachments,
      ...(attachments ?? []).map((one) => storedAttachment(one, now)),
    ],
  }
  return { envelope, content, headers: internetMessageHeaders ?? written.headers }
}

const bodyParts = ({
  contentType,
  content,
}: {
  contentType: 'text' | 'html'
  content: string
}): Partial<Content> => (contentType === 'html' ? { html: content } : { text: content })

function envelopeParts(input: MessageInput): Partial<Envelope> {
  const names = [
    'subject',
    'toRecipients',
    'ccRecipients',
    'bccRecipients',
    'replyTo',
    'from',
    'sender',
    'internetMessageId',
    'isDeliveryReceiptRequested',
    'isReadReceiptRequested',
  ] as const satisfies (keyof Envelope & keyof MessageInput)[]
  return Object.fromEntries(
    names.filter((name) => name in input).map((name) => [name, input[name]]),
  )
}

export const storedAttachment = (input: AttachmentInput, modifiedAt: number): StoredAttachment => ({
  kind: input['@odata.type'] === '#microsoft.graph.fileAttachment' ? 'file' : 'reference',
  name: input.name,
  contentType: input.contentType ?? 'application/octet-stream',
  isInline: input.isInline ?? false,
  ...(input.contentId ? { contentId: input.contentId } : {}),
  bytes: Buffer.from(input.contentBytes ?? '', 'base64'),
  modifiedAt,
})

/** What of an input may be written to any message. */
export function patchOf(input: MessageInput, existing?: Item['extended']): ItemPatch {
  const {
    isRead,
    categories,
    flag,
    importance,
    inferenceClassification,
    singleValueExtendedProperties,
  } = input
  return {
    ...(isRead === undefined ? {} : { isRead }),
    ...(categories ? { categories } : {}),
    ...(flag ? { flag } : {}),
    ...(importance ? { importance } : {}),
    ...(inferenceClassification ? { inferenceClassification } : {}),
    ...(singleValueExtendedProperties
      ? { extended: withExtended(existing, singleValueExtendedProperties) }
      : {}),
  }
}

/** A draft as the store takes it. */
export function draftItem(written: Written, now: number, patch: ItemPatch = {}): NewItem {
  return {
    source: { written },
    glimpse: glimpseOf(written.content),
    createdAt: now,
    receivedAt: now,
    isRead: true,
    isDraft: true,
    categories: [],
    flag: { flagStatus: 'notFlagged' },
    inferenceClassification: 'focused',
    ...patch,
  }
}

/** The message as something that can be written to: a draft that came as MIME is read first. */
export async function writtenOf(
  { reader }: Pick<Mailboxes, 'reader'>,
  item: Item,
): Promise<Written> {
  if ('written' in item.source) return item.source.written
  return { envelope: itemEnvelope(item), content: await reader.original(item), headers: [] }
}
