import { isReasonCode, reasonNamed, type ReasonCode } from './reasons.ts'

type Told = { kind: string; reason: string | null }

/** What the ledger said of the message before. */
export type ToldBefore = {
  state: string
  reason: string
  emailId: string | null
  history: readonly Told[]
}

/**
 * Under which reason a message is stored: what a person logged for that, what was left out before because it was decided
 * anew, and what comes back for its old reason.
 */
export function storedReason(
  was: ToldBefore | undefined,
  { emailId, isFirst, byHand }: { emailId: string; isFirst: boolean; byHand: boolean },
): ReasonCode {
  if (byHand) return 'logged-by-hand'
  if (was && wasLeftOut(was)) return 're-evaluated'
  const before = was?.emailId === emailId ? was.history.findLast(isStoring)?.reason : null
  if (before && isReasonCode(before)) return before
  return isFirst ? 'new' : 'duplicate-of'
}

/** Also what only waits to be decided anew since then. A draft that was sent is new. */
function wasLeftOut({ state, reason, history }: ToldBefore): boolean {
  if (state === 'excluded') return reason !== 'draft'
  if (state !== 'pending') return false
  const last = history.findLast((told) => told.kind === 'decided' && stateOf(told) !== 'pending')
  return last?.reason !== 'draft' && stateOf(last) === 'excluded'
}

const stateOf = (told: Told | undefined) => reasonNamed(told?.reason ?? '')?.state

const isStoring = (told: Told): boolean => told.kind === 'decided' && stateOf(told) === 'stored'
