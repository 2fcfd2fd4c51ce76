import { z } from 'zod'
import { MOST_KEPT_OUT } from '../rules.ts'

export const KeptOutQuery = z.object({
  cursor: z.coerce.number().int().min(0).max(MOST_KEPT_OUT).default(0),
})
export type KeptOutQuery = z.infer<typeof KeptOutQuery>

/** `GET /api/v1/mailboxes/{id}/rules/kept-out`: the conversations that the mailbox keeps out, the latest first. */
export const KeptOutPage = z.object({
  conversations: z.array(
    z.object({
      conversationId: z.string(),
      /** Null: longer than the versions that are looked at can tell. */
      since: z.iso.datetime().nullable(),
      /** Of one of its mails, as it lies in the mailbox: for the mailbox's owner. Null: not known, or not to be seen. */
      subject: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type KeptOutPage = z.infer<typeof KeptOutPage>
