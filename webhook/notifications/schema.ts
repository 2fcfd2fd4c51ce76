import { z } from 'zod'

/** Graph's own limit on what we give it as clientState (graph-contract 1.2); more is not ours. */
const MAX_CLIENT_STATE_CHARS = 128
const MAX_ID_CHARS = 128
/** One for each app and tenant in a batch (graph-contract 2.4). */
const MAX_TOKENS = 200

/** The headers of a message, encrypted for our certificate; all of it base64 (graph-contract 2.4). */
export const EncryptedContent = z.object({
  data: z.string(),
  dataSignature: z.string(),
  dataKey: z.string(),
  encryptionCertificateId: z.string(),
})
export type EncryptedContent = z.infer<typeof EncryptedContent>

/** One item of a notification batch, as far as we trust it: it says which subscription rings, and nothing more. */
export const Notification = z.object({
  subscriptionId: z.string().min(1).max(MAX_ID_CHARS),
  clientState: z.string().max(MAX_CLIENT_STATE_CHARS),
  tenantId: z.string().max(64).optional(),
  resource: z.string().max(2_048).optional(),
  changeType: z.string().max(32).optional().catch(undefined),
  lifecycleEvent: z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']).optional(),
  encryptedContent: EncryptedContent.optional().catch(undefined),
})
export type Notification = z.infer<typeof Notification>

/** What makes an item one at all. Whatever else is wrong with it, it is answered as any other. */
const Item = z.looseObject({ subscriptionId: z.string() })

/** The batch; items are parsed one by one, so that a strange one does not cost the others. */
export const NotificationBatch = z.object({
  value: z.array(z.unknown()).min(1).max(5_000),
  validationTokens: z.unknown().optional(),
})

export type Batch = {
  /** Those that can be read. */
  notifications: Notification[]
  /** Ids that the others named. */
  unreadable: string[]
  validationTokens: string[]
}

/** What a body holds; null when no item of it is one. */
export function readBatch({
  value,
  validationTokens,
}: z.infer<typeof NotificationBatch>): Batch | null {
  const batch: Batch = {
    notifications: [],
    unreadable: [],
    validationTokens: tokensOf(validationTokens),
  }
  for (const given of value) {
    const item = Item.safeParse(given)
    if (!item.success) continue
    const read = Notification.safeParse(item.data)
    if (read.success) batch.notifications.push(read.data)
    else batch.unreadable.push(item.data.subscriptionId.slice(0, MAX_ID_CHARS))
  }
  return batch.notifications.length + batch.unreadable.length > 0 ? batch : null
}

const Tokens = z.array(z.string()).max(MAX_TOKENS)

/** What is not a list of tokens counts as a bad one. */
const tokensOf = (given: unknown): string[] =>
  given === undefined || given === null ? [] : (Tokens.safeParse(given).data ?? [''])
