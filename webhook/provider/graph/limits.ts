import { MINUTE, SECOND } from '../../duration.ts'

/** Other people's numbers, each with its source (graph-contract, read 2026-11-20). */

/** Requests in flight for one app and mailbox; more are answered 429 (6.1). */
export const MAX_CONCURRENT_PER_MAILBOX = 4
/** Older tenants still refuse more than this for a message subscription (1.4). */
export const FALLBACK_SUBSCRIPTION_MS = 4_230 * MINUTE
/** Graph raises shorter lives to this (1.4). */
export const MIN_SUBSCRIPTION_MS = 45 * MINUTE
/** Largest page of an id-only list (3.1). */
export const MAX_LIST_PAGE = 1_000
/** Graph may take up to 10 s for slow pages (10); after this we give up and try again later. */
export const REQUEST_DEADLINE_MS = 30 * SECOND
/** `Retry-After` beyond this is treated as this (reliability C1). */
export const MAX_RETRY_AFTER_MS = 10 * MINUTE
