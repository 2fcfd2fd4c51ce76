import type { FileAttachment, ItemAttachment, Message } from '@microsoft/microsoft-graph-types'
import { graphDate } from '../../store/message-view.ts'
import {
  contentOf,
  glimpseOf,
  type Content,
  type StoredAttachment,
} from '../../store/mime/content.ts'
import { envelopeOf } from '../../store/mime/envelope.ts'
import { MAX_NESTING } from '../limits.ts'
import { bodyOf } from '../message/message-json.ts'

type Nested = (FileAttachment | ItemAttachment) & { '@odata.type': string }

/** Mail inside of a mail, and what is inside of that, to 30 levels (graph-contract 5). It has no id of its own. */
export async function nestedMessage(
  mime: Uint8Array,
  content: Content,
  bodyType: 'html' | 'text',
  depth = 1,
): Promise<Message> {
  const { sentAt, references: _, ...envelope } = envelopeOf(mime)
  const { hasAttachments, bodyPreview } = glimpseOf(content)
  const date =
    sentAt === undefined
      ? {}
      : { sentDateTime: graphDate(sentAt), receivedDateTime: graphDate(sentAt) }
  const attachments = content.attachments.map((attachment) =>
    nestedAttachment(attachment, bodyType, depth),
  )
  return {
    ...envelope,
    ...date,
    hasAttachments,
    bodyPreview,
    body: bodyOf(content, bodyType),
    isRead: true,
    isDraft: false,
    attachments: await Promise.all(attachments),
  }
}

async function nestedAttachment(
  attachment: StoredAttachment,
  bodyType: 'html' | 'text',
  depth: number,
): Promise<Nested> {
  const { kind, name, contentType, isInline, bytes, modifiedAt, contentId } = attachment
  const common = {
    name,
    isInline,
    size: bytes.byteLength,
    lastModifiedDateTime: graphDate(modifiedAt),
  }
  if (kind === 'item' && depth < MAX_NESTING) {
    const item = await nestedMessage(bytes, await contentOf(bytes, modifiedAt), bodyType, depth + 1)
    return { '@odata.type': '#microsoft.graph.itemAttachment', ...common, contentType: null, item }
  }
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    ...common,
    contentType,
    contentId: contentId ?? null,
    contentBytes: Buffer.from(bytes).toString('base64'),
  }
}
