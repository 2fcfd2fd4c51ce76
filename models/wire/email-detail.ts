import { z } from 'zod'
import { Email, Party } from './email.ts'

/** `PUT /api/v1/emails/{id}/read-state`, and its answer: whether a person's own copy is read. */
export const ReadState = z.strictObject({ isRead: z.boolean() })
export type ReadState = z.infer<typeof ReadState>

/**
 * `GET /api/v1/emails/{id}`. The body is a page of its own, `GET /api/v1/emails/{id}/body`, cleaned and made for a
 * sandboxed frame; with `?remote=show` pictures from elsewhere are in it. Its root says in `data-blocked-remote` how many
 * were left out.
 */
export const EmailDetail = Email.extend({
  /** Of their own copy, where what they change here goes back to the mailbox (direction `two-way`); else null. */
  readState: ReadState.nullable(),
  /** Who sent it, where that is another than whom it is from. */
  sender: Party.nullable(),
  bcc: z.array(Party),
  replyTo: z.array(Party),
})
export type EmailDetail = z.infer<typeof EmailDetail>
