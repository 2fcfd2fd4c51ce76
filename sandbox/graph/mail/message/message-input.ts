import { z } from 'zod'
import { MAX_OWN_HEADERS, MAX_RECIPIENTS } from '../limits.ts'

const recipient = z.object({
  emailAddress: z.object({ address: z.string().min(3), name: z.string().exactOptional() }),
})
const recipients = z.array(recipient).max(MAX_RECIPIENTS)

const dateTime = z.object({ dateTime: z.string(), timeZone: z.string() })

const extendedProperty = z.object({ id: z.string(), value: z.string() })

/** Header lines of one's own must begin with `x-` (graph-contract 4.1). */
const ownHeader = z.object({ name: z.string().regex(/^x-/i), value: z.string() })

export const attachmentInput = z.object({
  '@odata.type': z.enum([
    '#microsoft.graph.fileAttachment',
    '#microsoft.graph.referenceAttachment',
  ]),
  name: z.string(),
  contentType: z.string().nullish(),
  contentBytes: z.base64().nullish(),
  contentId: z.string().nullish(),
  isInline: z.boolean().nullish(),
  size: z.number().nullish(),
})
export type AttachmentInput = z.infer<typeof attachmentInput>

/** What anybody may write to any message (graph-contract 4.3). */
const anyTime = {
  isRead: z.boolean(),
  categories: z.array(z.string()),
  flag: z.object({
    flagStatus: z.enum(['notFlagged', 'complete', 'flagged']),
    startDateTime: dateTime.exactOptional(),
    dueDateTime: dateTime.exactOptional(),
    completedDateTime: dateTime.exactOptional(),
  }),
  importance: z.enum(['low', 'normal', 'high']),
  inferenceClassification: z.enum(['focused', 'other']),
  singleValueExtendedProperties: z.array(extendedProperty),
}

/** What may be written to drafts alone (graph-contract 4.3). */
const draftOnly = {
  subject: z.string(),
  body: z.object({
    contentType: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['text', 'html'])),
    content: z.string(),
  }),
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
  replyTo: recipients,
  from: recipient,
  sender: recipient,
  internetMessageId: z.string(),
  isDeliveryReceiptRequested: z.boolean(),
  isReadReceiptRequested: z.boolean(),
}

const message = z.strictObject({
  '@odata.type': z.string(),
  ...anyTime,
  ...draftOnly,
  internetMessageHeaders: z.array(ownHeader).max(MAX_OWN_HEADERS),
  attachments: z.array(attachmentInput),
})

/** A message somebody writes. A property that cannot be written is an error. */
export const messageInput = exactPartial(message)
export type MessageInput = z.infer<typeof messageInput>

export const patchInput = exactPartial(
  message.omit({ internetMessageHeaders: true, attachments: true }),
)

export const DRAFT_ONLY = Object.keys(draftOnly)

/** Every property may be left out, and none may be undefined. */
function exactPartial<Shape extends z.ZodRawShape>(object: z.ZodObject<Shape, z.core.$strict>) {
  const entries = Object.entries(object.shape).map(([name, schema]) => [
    name,
    z.exactOptional(schema as z.ZodType),
  ])
  return z.strictObject(
    Object.fromEntries(entries) as { [Key in keyof Shape]: z.ZodExactOptional<Shape[Key]> },
  )
}
