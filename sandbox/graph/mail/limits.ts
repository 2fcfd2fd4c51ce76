import { HOUR } from '../../../webhook/duration.ts'

const MEGABYTE = 1_024 * 1_024

/** `POST …/attachments` only below this; above, an upload session (graph-contract 5). */
export const MAX_POSTED_ATTACHMENT_BYTES = 3 * MEGABYTE

/** Largest attachment of an upload session (graph-contract 5). */
export const MAX_UPLOAD_BYTES = 150 * MEGABYTE

/** Ids in one `translateExchangeIds` call (graph-contract 4.2). */
export const MAX_TRANSLATED_IDS = 1_000

/** Recipients of one sent message (graph-contract 4.1). */
export const MAX_RECIPIENTS = 500

/** Header lines of one's own on a new message (graph-contract 4.1, from a client library). */
export const MAX_OWN_HEADERS = 5

/** Levels of mail within mail that can be read (graph-contract 5). */
export const MAX_NESTING = 30

/** How long an upload URL is good for; Graph's own figure is not in the contract. */
export const UPLOAD_SESSION_MS = 3 * HOUR
