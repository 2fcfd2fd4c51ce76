import type {
  FileAttachment,
  ItemAttachment,
  Message,
  ReferenceAttachment,
} from '@microsoft/microsoft-graph-types'
import { itemId, graphDate, type MailboxFacts } from '../../store/message-view.ts'
import type { Item } from '../../store/item.ts'
import type { IdType } from '../../store/mail-store.ts'
import { sizeOf, type Content, type StoredAttachment } from '../../store/mime/content.ts'

export type WireAttachment = (FileAttachment | ItemAttachment | ReferenceAttachment) & {
  '@odata.type': string
  '@odata.mediaContentType'?: string
}

const TYPES = {
  file: '#microsoft.graph.fileAttachment',
  item: '#microsoft.graph.itemAttachment',
  reference: '#microsoft.graph.referenceAttachment',
} as const

type Shown = { index: number; idType: IdType; nested?: Message; withBytes?: boolean }

/** One attachment of a message, where wanted with the bytes of a file, and when it was opened with the nested item (graph-contract 5). */
export function attachmentJson(
  mailbox: MailboxFacts,
  item: Item,
  content: Content,
  { index, idType, nested, withBytes = true }: Shown,
): WireAttachment {
  const attachment = content.attachments[index]
  if (!attachment) throw new RangeError(`no attachment ${index}`)
  const { kind, name, contentType, isInline, modifiedAt } = attachment
  return {
    '@odata.type': TYPES[kind],
    id: itemId(mailbox.tag, item, idType, index),
    lastModifiedDateTime: graphDate(modifiedAt),
    name,
    contentType: kind === 'file' ? contentType : null,
    size: sizeOf(attachment),
    isInline,
    ...(kind === 'file' ? fileParts(attachment) : {}),
    ...(kind === 'file' && withBytes ? { contentBytes: base64(attachment.bytes) } : {}),
    ...(nested ? { item: { '@odata.type': '#microsoft.graph.message', ...nested } } : {}),
  }
}

function fileParts({
  contentId,
  contentType,
}: StoredAttachment): Partial<FileAttachment> & { '@odata.mediaContentType': string } {
  return {
    '@odata.mediaContentType': contentType,
    contentId: contentId ?? null,
    contentLocation: null,
  }
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')
