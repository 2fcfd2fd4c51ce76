import { z } from 'zod'

/** Graph's own limit on what we give it as clientState (graph-contract 1.2); more is not ours. */
const MAX_CLIENT_STATE_CHARS = 128

/** One item of a notification batch, as far as we trust it: it says which subscription rings, and nothing more. */
export const Notification = z.object({
  subscriptionId: z.string().min(1).max(128),
  clientState: z.string().max(MAX_CLIENT_STATE_CHARS),
  tenantId: z.string().max(64).optional(),
  resource: z.string().max(2_048).optional(),
  lifecycleEvent: z.enum(['reauthorizationRequired', 'subscriptionRemoved', 'missed']).optional(),
})
export type Notification = z.infer<typeof Notification>

/** The batch; items are parsed one by one, so that a strange one does not cost the others. */
export const NotificationBatch = z.object({ value: z.array(z.unknown()).min(1).max(5_000) })
