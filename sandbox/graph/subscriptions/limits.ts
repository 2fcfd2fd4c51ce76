import { HOUR, MINUTE } from '../../../webhook/duration.ts'

/** Shorter subscriptions are raised to this (graph-contract 1.2). */
export const MIN_LIFETIME_MS = 45 * MINUTE
/** graph-contract 1.2 */
export const CLIENT_STATE_CHARS = 128
export const CERTIFICATE_ID_CHARS = 128
/** RSA bits of an encryption certificate (graph-contract 2.4). */
export const CERTIFICATE_BITS = { min: 2_048, max: 4_096 }
/** PATCH and reauthorize closer together than this harm each other (graph-contract 1.1). */
export const PATCH_REAUTHORIZE_GAP_MS = 10 * MINUTE
/** Below this much remaining life a challenge comes every quarter of an hour (graph-contract 2.3). */
export const CHALLENGE_EVERY_MS = 15 * MINUTE
export const CHALLENGE_OFTEN_BELOW_MS = HOUR
export const CHALLENGE_FROM_MS = 3 * HOUR
