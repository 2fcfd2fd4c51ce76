import { z } from 'zod'
import { Mailbox, MailProvider } from './mailbox.ts'

export const Party = z.object({ name: z.string(), address: z.string() })
export type Party = z.infer<typeof Party>

/** Where an e-mail was seen: a folder of a mailbox, or by hand through the add-in. */
export const Sighting = z.object({
  via: z.enum(['sync', 'add-in']),
  mailboxAddress: z.string(),
  folderName: z.string().nullable(),
  /** When we wrote it down. */
  since: z.iso.datetime(),
  /** Since when its message is gone from that mailbox; left out while it is there. */
  goneAt: z.iso.datetime().optional(),
  /** Who logged it, for `add-in`. */
  byName: z.string().nullable(),
  /** Whether it is read there; left out where that is not known. */
  isRead: z.boolean().optional(),
  /** What was chosen in the pane before it was sent; left out where nothing was. */
  chosen: z.object({ log: z.boolean(), track: z.boolean() }).optional(),
})
export type Sighting = z.infer<typeof Sighting>

/** One row of the mail list. */
export const Email = z.object({
  id: z.string(),
  subject: z.string(),
  preview: z.string(),
  from: Party.nullable(),
  to: z.array(Party),
  cc: z.array(Party),
  sentAt: z.iso.datetime().nullable(),
  receivedAt: z.iso.datetime(),
  hasAttachments: z.boolean(),
  /** Its text is encrypted for its recipients, so that there is none here; left out where it is not. */
  isProtected: z.boolean().optional(),
  /** How much of it this person sees; what they do not see is empty. */
  visibility: z.enum(['metadata', 'subject', 'full']),
  /** Of the conversation, across mailboxes; it changes when two become one. Null for mail from before there were any. */
  threadId: z.string().nullable(),
  sightings: z.array(Sighting),
})
export type Email = z.infer<typeof Email>

/**
 * `unread`, `gone`: as this person's own copy is in their mailbox. `by-hand`: logged from the pane. `no-contact`: nobody in
 * it is a contact.
 */
export const EmailState = z.enum(['unread', 'gone', 'with-attachments', 'by-hand', 'no-contact'])
export type EmailState = z.infer<typeof EmailState>

/** What a list of e-mails is narrowed to; null: not by this. */
export const EmailFilter = z.object({
  mailbox: z.string().min(1).max(64).nullable().default(null),
  /** Seen there, in a mailbox or by its add-in. */
  provider: MailProvider.nullable().default(null),
  contact: z.string().min(1).max(64).nullable().default(null),
  state: EmailState.nullable().default(null),
  /** Received at this moment or later. */
  from: z.iso.datetime({ offset: true }).nullable().default(null),
  /** Received before this moment. */
  until: z.iso.datetime({ offset: true }).nullable().default(null),
})
export type EmailFilter = z.infer<typeof EmailFilter>

/** `GET /api/v1/emails?limit=&cursor=&mailbox=&provider=&contact=&state=&from=&until=`, newest first. */
export const EmailPage = z.object({
  emails: z.array(Email),
  nextCursor: z.string().nullable(),
  /** At most MOST_COUNTED and one. */
  total: z.int(),
})
export type EmailPage = z.infer<typeof EmailPage>

/** `GET /api/v1/threads/{id}?limit=&cursor=`: what this person may see of a conversation, the oldest first. */
export const ThreadPage = z.object({
  /** What the thread is called now: it may have become one with another. */
  id: z.string(),
  emails: z.array(Email),
  nextCursor: z.string().nullable(),
  total: z.int(),
})
export type ThreadPage = z.infer<typeof ThreadPage>

/** What `GET /api/v1/events` (server-sent events) sends; `event:` is the type, `data:` the JSON. */
export const LiveEvent = z.discriminatedUnion('type', [
  /** New mail of which only the header is here yet. Nothing keeps it: `email-stored` follows, or it was not wanted. */
  z.object({
    type: z.literal('email-arriving'),
    mailboxId: z.string(),
    from: Party.nullable(),
    subject: z.string(),
    receivedAt: z.iso.datetime(),
  }),
  z.object({ type: z.literal('email-stored'), email: Email }),
  z.object({ type: z.literal('mailbox-changed'), mailbox: Mailbox }),
])
export type LiveEvent = z.infer<typeof LiveEvent>
