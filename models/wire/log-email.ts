import { z } from 'zod'
import { MAX_BODY_CHARS } from './pane/limits.ts'
import { Party, Sighting } from './email.ts'

/** How the add-in names the open message. At least one of the two ids is needed (outlook-addin 2.5). */
export const MessageKey = {
  /** RFC 5322 Message-ID, with its angle brackets; Outlook may not have it yet. */
  internetMessageId: z.string().min(3).max(998).optional(),
  /** Graph (REST) id, mutable or immutable. */
  itemId: z.string().min(1).max(1024).optional(),
  /** The mailbox the message is open in. */
  mailboxAddress: z.email(),
}

/** `POST /api/v1/emails/status`: does the CRM have the open message? */
export const EmailStatusRequest = z
  .strictObject(MessageKey)
  .refine((key) => key.internetMessageId ?? key.itemId, {
    message: 'Give internetMessageId or itemId.',
  })
export type EmailStatusRequest = z.infer<typeof EmailStatusRequest>

export const EmailStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('not-logged') }),
  z.object({
    state: z.literal('stored'),
    emailId: z.string(),
    since: z.iso.datetime(),
    sightings: z.array(Sighting),
  }),
])
export type EmailStatus = z.infer<typeof EmailStatus>

/** Of a longer header, the first and the newest are enough. */
const MAX_REFERENCES = 50

/** `POST /api/v1/emails/log`: log the open message by hand, from what the pane reads. Repeating it changes nothing. */
export const LogEmailRequest = z
  .strictObject({
    ...MessageKey,
    subject: z.string().max(4_000),
    from: Party.nullable(),
    to: z.array(Party).max(1_000),
    cc: z.array(Party).max(1_000),
    sentAt: z.iso.datetime().nullable(),
    /** Message-IDs of the header, where the pane can read them: they tell the conversation. The oldest first. */
    references: z.array(z.string().min(3).max(998)).max(MAX_REFERENCES).optional(),
    inReplyTo: z.string().min(3).max(998).optional(),
    bodyHtml: z.string().max(MAX_BODY_CHARS),
    /** Contacts that it belongs to, or does not, by the person's word: they are pinned. */
    pins: z
      .array(z.strictObject({ contactId: z.string().min(1).max(64), belongs: z.boolean() }))
      .max(50)
      .optional(),
    /** Attachments that are not to come along, as Outlook tells of them; none: all come, whatever was said before. */
    leftOut: z
      .array(z.strictObject({ name: z.string().max(1_024), size: z.int().min(0) }))
      .max(500)
      .optional(),
    /** Stored with the e-mail, for the contacts that it belongs to. */
    note: z.string().trim().max(4_000).optional(),
  })
  .refine((key) => key.internetMessageId ?? key.itemId, {
    message: 'Give internetMessageId or itemId.',
  })
export type LogEmailRequest = z.infer<typeof LogEmailRequest>
