import { HOUR, MINUTE } from '../../duration.ts'
import type { ReasonCode } from './reasons.ts'

/** The waits between the five tries that a message gets by itself; then it is tried with each comparison only. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR]

export const MAX_ATTEMPTS = WAITS.length + 1

/** Why a single message could not be stored: it was not given to us, or storing it failed. */
export type Mishap = 'fetch-error' | 'poison'

export type NextTry = {
  state: 'pending' | 'failed'
  reason: ReasonCode
  attempts: number
  retryAt: Date | null
}

/** What the ledger says of a message after its try number `attempts` + 1 has failed. */
export function afterMishap(
  mishap: Mishap,
  attempts: number,
  { now, random }: { now: Date; random: () => number },
): NextTry {
  const wait = WAITS[attempts]
  if (wait === undefined)
    return { state: 'failed', reason: mishap, attempts: attempts + 1, retryAt: null }
  const retryAt = new Date(now.getTime() + Math.round(wait * (0.75 + random() / 2)))
  return { state: 'pending', reason: 'waiting', attempts: attempts + 1, retryAt }
}
