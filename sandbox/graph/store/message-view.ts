import type { Message } from '@microsoft/microsoft-graph-types'
import { conversationOf } from './mime/conversation.ts'
import { changeKeyOf, encodeId, etagOf } from './ids.ts'
import type { Folder, Item, ItemRef, MimeSource } from './item.ts'
import type { IdType } from './mail-store.ts'
import { envelopeOf, type Envelope } from './mime/envelope.ts'

/** What of a mailbox its messages need to be shown. */
export type MailboxFacts = { userId: string; tag: string; conversationRoots: Map<string, string> }

/** Times as Graph writes them, in whole seconds. */
export const graphDate = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

export const mimeOf = (source: { mime: MimeSource }) =>
  typeof source.mime === 'function' ? source.mime() : source.mime

/** Enough for headers and body. */
export const lightMimeOf = (source: { mime: MimeSource; light?: Uint8Array }) =>
  source.light ?? mimeOf(source)

export const itemId = (tag: string, item: Item, idType: IdType, attachment?: number) =>
  encodeId({
    kind: idType,
    tag,
    serial: item[idType],
    ...(attachment === undefined ? {} : { attachment }),
  })

export const itemEnvelope = (item: Pick<Item, 'source'>): Envelope =>
  'written' in item.source ? item.source.written.envelope : envelopeOf(lightMimeOf(item.source))

export function refOf(facts: MailboxFacts, item: Item): ItemRef {
  return {
    userId: facts.userId,
    defaultId: itemId(facts.tag, item, 'default'),
    immutableId: itemId(facts.tag, item, 'immutable'),
    folderId: item.folder.id,
    etag: etagOf(changeKeyOf(facts.tag, item.changeNumber)),
  }
}

export const hasAttachments = (item: Item) =>
  (item.glimpse?.hasAttachments ?? false) || (item.added?.some((added) => !added.isInline) ?? false)

/**
 * A message without what only its content tells (body, attachments, header lines). A message delivered as a way to its
 * MIME has no preview and no `hasAttachments` until its content was first read. When none of the `wanted` properties
 * comes from the mail's header, the MIME is not opened at all.
 */
export function messageOf(
  facts: MailboxFacts,
  item: Item,
  idType: IdType,
  wanted?: ReadonlySet<string>,
): Message {
  const needsHeader = !wanted || FROM_HEADER.some((name) => wanted.has(name))
  return {
    ...ownProperties(facts, item, idType),
    ...(needsHeader ? headerProperties(facts, item) : {}),
  }
}

function ownProperties({ tag }: MailboxFacts, item: Item, idType: IdType): Message {
  const id = itemId(tag, item, idType)
  return {
    id,
    createdDateTime: graphDate(item.createdAt),
    lastModifiedDateTime: graphDate(item.modifiedAt),
    changeKey: changeKeyOf(tag, item.changeNumber),
    categories: [...item.categories],
    receivedDateTime: graphDate(item.receivedAt),
    hasAttachments: hasAttachments(item),
    bodyPreview: item.glimpse?.bodyPreview ?? '',
    parentFolderId: item.folder.id,
    isRead: item.isRead,
    isDraft: item.isDraft,
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}&exvsurl=1&viewmodel=ReadMessageItem`,
    inferenceClassification: item.inferenceClassification,
    flag: item.flag,
    ...(item.extended?.size ? { singleValueExtendedProperties: [...item.extended.values()] } : {}),
  }
}

function headerProperties(
  facts: MailboxFacts,
  item: Item,
): Pick<Message, (typeof FROM_HEADER)[number]> {
  const envelope = itemEnvelope(item)
  return {
    sentDateTime: graphDate(envelope.sentAt ?? item.receivedAt),
    internetMessageId: envelope.internetMessageId,
    subject: envelope.subject,
    importance: item.importance ?? envelope.importance,
    ...conversationOf(facts.tag, facts.conversationRoots, envelope),
    isDeliveryReceiptRequested: envelope.isDeliveryReceiptRequested,
    isReadReceiptRequested: envelope.isReadReceiptRequested,
    ...(envelope.sender ? { sender: envelope.sender } : {}),
    ...(envelope.from ? { from: envelope.from } : {}),
    toRecipients: envelope.toRecipients,
    ccRecipients: envelope.ccRecipients,
    bccRecipients: envelope.bccRecipients,
    replyTo: envelope.replyTo,
  }
}

const FROM_HEADER = [
  'sentDateTime',
  'internetMessageId',
  'subject',
  'importance',
  'conversationId',
  'conversationIndex',
  'isDeliveryReceiptRequested',
  'isReadReceiptRequested',
  'sender',
  'from',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
] as const satisfies readonly (keyof Message)[]

/** Folder and all folders below it. */
export function* withDescendants(folder: Folder): Generator<Folder> {
  yield folder
  for (const child of folder.children) yield* withDescendants(child)
}
