import {
  CHALLENGE_EVERY_MS,
  CHALLENGE_FROM_MS,
  CHALLENGE_OFTEN_BELOW_MS,
} from '../../subscriptions/limits.ts'

/**
 * When the next `reauthorizationRequired` is due, for a token or subscription with so much life left: none above three
 * hours, then at half of what is left, below an hour every quarter of an hour, also after the end (graph-contract 2.3).
 */
export function challengeInMs(leftMs: number): number {
  if (leftMs > CHALLENGE_FROM_MS) return leftMs - CHALLENGE_FROM_MS
  if (leftMs > CHALLENGE_OFTEN_BELOW_MS) return leftMs / 2
  return CHALLENGE_EVERY_MS
}
