import type { ItemAttachment } from '../../outlook-mail.ts'
import type { HostItem, ReadItem } from '../messages.ts'
import { askAbout, commonShape, emailDetails, type ShapeParts } from './common-shape.ts'
import type { Some } from './some.ts'
import type { Client } from './clients.ts'
import { had } from './since.ts'

/** A message that somebody reads: plain values, and what is large by asking (outlook-addin 2.2). */
export function readShape(parts: ShapeParts, item: HostItem & ReadItem) {
  const { client, calls } = parts
  const ask = askAbout(parts, item)
  const { itemId, conversationId, subject } = item
  const from = item.from ? { from: emailDetails(item.from), sender: emailDetails(item.from) } : {}
  return had('messageRead', client, {
    ...commonShape(parts, item),
    ...from,
    itemType: 'message',
    itemClass: 'IPM.Note',
    itemId,
    conversationId,
    subject,
    normalizedSubject: subject.replace(/^((re|fw|fwd|aw|wg):\s*)+/i, ''),
    to: item.to.map(emailDetails),
    cc: item.cc.map(emailDetails),
    attachments: item.attachments.map((one) => attachmentDetails(client, one)),
    dateTimeCreated: new Date(item.receivedAt),
    dateTimeModified: new Date(item.receivedAt),
    ...(item.internetMessageId === null ? {} : { internetMessageId: item.internetMessageId }),
    displayReplyForm: (form: unknown) => calls.method(item.key, 'displayReplyForm', 1)(form),
    getAllInternetHeadersAsync: ask('getAllInternetHeadersAsync', 0),
    body: readBody(parts, item),
  } satisfies Some<Office.MessageRead>)
}

/** What can be asked of the text of something that is read. */
export const readBody = (parts: ShapeParts, item: HostItem) =>
  had('body', parts.client, {
    getAsync: askAbout(parts, item)('body.getAsync', 1),
    getTypeAsync: askAbout(parts, item)('body.getTypeAsync', 0),
  } satisfies Some<Office.Body>)

export function attachmentDetails(client: Client, attachment: ItemAttachment) {
  const { id, name, kind, contentType, size, isInline, contentId } = attachment
  return had('attachmentDetails', client, {
    ...{ id, name, contentType, size, isInline },
    attachmentType: kind,
    ...(contentId === null ? {} : { contentId }),
  } satisfies Some<Office.AttachmentDetails>)
}
