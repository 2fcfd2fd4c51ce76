/** MongoDB's own numbers (manual: "MongoDB Limits and Thresholds", "hello", "find", "Cursors"), as of version 5.0. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
export const MAX_MESSAGE_BYTES = 48_000_000
export const MAX_WRITE_BATCH = 100_000
/** Documents in a first batch when the client does not say. */
export const FIRST_BATCH = 101
/** How long a cursor may lie unused. */
export const CURSOR_UNUSED_MS = 10 * 60 * 1_000
export const SESSION_MINUTES = 30
/** The version we behave as: the oldest the product promises to work with. */
export const SERVER_VERSION = [5, 0, 0, 0] as const
export const WIRE_VERSION = 13
