import { z } from 'zod'
import { MessageKey } from '../log-email.ts'

/**
 * Of the mailbox that an item lies in, as Outlook or Graph spells it: Outlook's may have `/` and `+` where Graph's is safe
 * in addresses (outlook-addin 2.5).
 */
export const ConversationId = z
  .string()
  .min(1)
  .max(512)
  .transform((id) => id.replaceAll('/', '-').replaceAll('+', '_'))

/** `POST /api/v1/addin/conversation`: keeps the open message's conversation out of the CRM, or lets it in again. */
export const KeepOutRequest = z
  .strictObject({ ...MessageKey, keepOut: z.boolean() })
  .refine((key) => key.internetMessageId ?? key.itemId, {
    message: 'Give internetMessageId or itemId.',
  })
export type KeepOutRequest = z.infer<typeof KeepOutRequest>

/** `concerned`: messages of the conversation that are decided anew. */
export const KeptOut = z.object({ keptOut: z.boolean(), concerned: z.int() })
export type KeptOut = z.infer<typeof KeptOut>
