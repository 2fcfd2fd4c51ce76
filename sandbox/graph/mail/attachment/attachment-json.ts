import type {
  FileAttachment,
  ItemAttachment,
  Message,
  ReferenceAttachment,
} from '@microsoft/microsoft-graph-types'
import { itemId, graphDate, type MailboxFacts } from '../../store/message-view.ts'
import type { Item } from '../../store/item.ts'
import type { IdType } from '../../store/mail-store.ts'
import type { Content, StoredAttachment } from '../../store/mime/content.ts'

export type WireAttachment = (FileAttachment | ItemAttachment | ReferenceAttachment) & {
  '@odata.type': string
  '@odata.mediaContentType'?: string
}

const TYPES = {
  file: '#microsoft.graph.fileAttachment',
  item: '#microsoft.graph.itemAttachment',
  reference: '#microsoft.graph.referenceAttachment',
} as const

/** One attachment of a message, with the bytes of a file and, when it was opened, the nested item (graph-contract 5). */
export function attachmentJson(
  mailbox: MailboxFacts,
  item: Item,
  content: Content,
  { index, idType, nested }: { index: number; idType: IdType; nested?: Message },
): WireAttachment {
  const attachment = content.attachments[index]
  if (!attachment) throw new RangeError(`no attachment ${index}`)
  const { kind, name, contentType, isInline, bytes, modifiedAt } = attachment
  return {
    '@odata.type': TYPES[kind],
    id: itemId(mailbox.tag, item, idType, index),
    lastModifiedDateTime: graphDate(modifiedAt),
    name,
    contentType: kind === 'file' ? contentType : null,
    size: bytes.byteLength,
    isInline,
    ...(kind === 'file' ? fileParts(attachment) : {}),
    ...(nested ? { item: { '@odata.type': '#microsoft.graph.message', ...nested } } : {}),
  }
}

function fileParts({
  contentId,
  contentType,
  bytes,
}: StoredAttachment): Partial<FileAttachment> & { '@odata.mediaContentType': string } {
  return {
    '@odata.mediaContentType': contentType,
    contentId: contentId ?? null,
    contentLocation: null,
    contentBytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  }
}
