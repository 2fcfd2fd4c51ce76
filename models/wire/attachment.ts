import { z } from 'zod'

/**
 * `pending`: on its way. `scanning`: a virus scanner holds it back; it is fetched when the scanner is done. `stored`: here,
 * to be downloaded. `over-limit`: larger than the plan stores. `reference`: a link to a file in somebody's cloud. `left-out`: whoever
 * logged the e-mail did not want it here. `failed`:
 * it could not be fetched; `reason` says why.
 */
export const AttachmentState = z.enum([
  'pending',
  'scanning',
  'stored',
  'over-limit',
  'reference',
  'left-out',
  'failed',
])
export type AttachmentState = z.infer<typeof AttachmentState>

export const Attachment = z.object({
  id: z.string(),
  name: z.string(),
  /** As its sender says; empty where nobody did. */
  contentType: z.string(),
  /** Bytes. */
  size: z.int(),
  kind: z.enum(['file', 'item', 'reference']),
  /** It stands in the text, as a picture. */
  isInline: z.boolean(),
  state: AttachmentState,
  reason: z.string().nullable(),
  /** Opens the message in Outlook, for what is not kept here. */
  outlookLink: z.string().nullable(),
})
export type Attachment = z.infer<typeof Attachment>

/**
 * `GET /api/v1/emails/{id}/attachments`. The bytes: `GET /api/v1/emails/{id}/attachments/{attachmentId}`. `pending` says
 * what is waited for; null when nothing is.
 */
export const AttachmentList = z.object({
  attachments: z.array(Attachment),
  pending: z.enum(['waiting', 'attachment-scanning']).nullable(),
})
export type AttachmentList = z.infer<typeof AttachmentList>
