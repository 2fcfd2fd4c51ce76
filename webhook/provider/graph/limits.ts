import { MINUTE, SECOND } from '../../duration.ts'

/** Other people's numbers, each with its source (graph-contract, read 2026-11-20). */

/** Older tenants still refuse more than this for a message subscription (1.4). */
export const FALLBACK_SUBSCRIPTION_MS = 4_230 * MINUTE
/** With headers in the notifications: 1,440 minutes, and 15 less to stay clear of it (1.4, 9 #4). */
export const MAX_RICH_SUBSCRIPTION_MS = 1_425 * MINUTE
/** Largest page of an id-only list (3.1). */
export const MAX_LIST_PAGE = 1_000
/** Graph may take up to 10 s for slow pages (10); after this we give up and try again later. */
export const REQUEST_DEADLINE_MS = 30 * SECOND
/** `Retry-After` beyond this is treated as this (reliability C1). */
export const MAX_RETRY_AFTER_MS = 10 * MINUTE
/** A request whose turn is no later than this waits for it; another is refused and comes back later. */
export const MAX_GATE_WAIT_MS = 15 * SECOND
/** A mailbox not asked for so long may be forgotten: longer than any window or wait of ours. */
export const GATE_FORGOTTEN_MS = 30 * MINUTE
/** Empty pages in a row are normal (3.2); so many are not. */
export const MAX_EMPTY_PAGES = 5_000
/** 150 MB is the most that a message holds (5); slower than 100 KB a second is tried again later. */
export const MAX_STREAM_MS = 25 * MINUTE
