import { MINUTE, SECOND } from '../../../../webhook/duration.ts'

type Limit = { readonly limit: number; readonly windowMs: number }

/** What Graph lets through (graph-contract 6.1), requests unless the name says bytes. */
export const GLOBAL_PER_APP: Limit = { limit: 130_000, windowMs: 10 * SECOND }
export const OUTLOOK_PER_MAILBOX: Limit = { limit: 10_000, windowMs: 10 * MINUTE }
export const OUTLOOK_UPLOAD_BYTES: Limit = { limit: 150 * 1_024 * 1_024, windowMs: 5 * MINUTE }

/** Per app and tenant, and per app over all tenants. */
export const SUBSCRIPTION_CALLS = {
  write: {
    tenant: { limit: 500, windowMs: 20 * SECOND },
    app: { limit: 2_000, windowMs: 20 * SECOND },
  },
  reauthorize: {
    tenant: { limit: 1_000, windowMs: 20 * SECOND },
    app: { limit: 4_000, windowMs: 20 * SECOND },
  },
  read: {
    tenant: { limit: 500, windowMs: 20 * SECOND },
    app: { limit: 2_000, windowMs: 20 * SECOND },
  },
  list: { tenant: { limit: 25, windowMs: 20 * SECOND }, app: { limit: 40, windowMs: 20 * SECOND } },
} as const satisfies Record<string, { tenant: Limit; app: Limit }>

export type SubscriptionCall = keyof typeof SUBSCRIPTION_CALLS

/** Sub-requests in one `$batch`, and how many of them Graph runs at once against Outlook (graph-contract 6.3). */
export const BATCH_SIZE = 20
export const BATCH_PARALLEL = 4

/** The largest body the twin reads: a little above the upload window, so that the window can be reached. */
export const BODY_BYTES = 160 * 1_024 * 1_024
