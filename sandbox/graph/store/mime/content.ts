import type { Readable } from 'node:stream'
import type { Attachment as MimePart } from 'postal-mime'
import { takeApart } from './take-apart.ts'
import { previewOf, textOfHtml } from './text.ts'
import type { Envelope } from './envelope.ts'

/** An attachment as it is kept; `bytes` of an item attachment are the MIME of that item (graph-contract 5). */
export type StoredAttachment = {
  kind: 'file' | 'item' | 'reference'
  name: string
  contentType: string
  isInline: boolean
  contentId?: string
  bytes: Uint8Array
  /** Instead of `bytes`: a file so large that it is made while somebody reads it. */
  streamed?: { size: number; open: () => Readable }
  /** Milliseconds since 1970. */
  modifiedAt: number
}

export const sizeOf = ({ bytes, streamed }: StoredAttachment): number =>
  streamed?.size ?? bytes.byteLength

/** The little of a message's content that lists and filters want, kept once the MIME has been read. */
export type Glimpse = {
  bodyPreview: string
  hasAttachments: boolean
  /** Set when the mail carries a calendar part: `REQUEST`, `CANCEL`, `REPLY`. */
  calendarMethod?: string
}

/** What is inside a mail. A mail has its HTML, its text, or both. */
export type Content = {
  html?: string
  text?: string
  attachments: StoredAttachment[]
  calendarMethod?: string
}

/** A message that was written here and not delivered as MIME: a draft, a reply, a sent mail. */
export type Written = {
  envelope: Envelope
  content: Content
  headers: { name: string; value: string }[]
}

/** Reads a mail. Nested mails stay whole, as item attachments; a calendar part makes a meeting message, not an attachment. */
export async function contentOf(mime: Uint8Array, modifiedAt: number): Promise<Content> {
  const parsed = await takeApart(mime)
  const calendar = parsed.attachments.find(isCalendarPart)
  return {
    ...(parsed.html === undefined ? {} : { html: parsed.html }),
    ...(parsed.text === undefined ? {} : { text: parsed.text }),
    attachments: parsed.attachments
      .filter((part) => !isCalendarPart(part))
      .map((part) => attachmentOf(part, modifiedAt)),
    ...(calendar?.method ? { calendarMethod: calendar.method } : {}),
  }
}

/** `hasAttachments` does not count inline ones (graph-contract 4.1). */
export function glimpseOf(content: Content): Glimpse {
  return {
    bodyPreview: previewOf(content.text ?? textOfHtml(content.html ?? '')),
    hasAttachments: content.attachments.some((attachment) => !attachment.isInline),
    ...(content.calendarMethod ? { calendarMethod: content.calendarMethod } : {}),
  }
}

const isCalendarPart = (part: MimePart) =>
  part.mimeType === 'text/calendar' &&
  part.method !== undefined &&
  part.disposition !== 'attachment'

function attachmentOf(part: MimePart, modifiedAt: number): StoredAttachment {
  const isItem = part.mimeType === 'message/rfc822'
  const contentId = part.contentId?.replace(/^<|>$/g, '')
  return {
    kind: isItem ? 'item' : 'file',
    name: part.filename ?? part.description ?? (isItem ? 'Attached message' : 'attachment'),
    contentType: part.mimeType,
    isInline: part.disposition === 'inline' || part.related === true,
    ...(contentId ? { contentId } : {}),
    bytes: bytesOf(part.content),
    modifiedAt,
  }
}

function bytesOf(content: MimePart['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content)
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}
