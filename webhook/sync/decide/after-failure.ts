import { AppError, ProviderError } from '../../errors.ts'
import { backoffMs } from '../../queue/backoff.ts'
import { troubleOf, type Trouble } from '../../sign-in/decide/trouble.ts'

/** What to do with a folder whose pass failed. */
export type AfterFailure =
  | { kind: 'retry'; inMs: number; errorCode: string }
  | { kind: 'restart'; inMs: number; errorCode: string }
  | { kind: 'refused'; trouble: Trouble; errorCode: string }
  | { kind: 'leave' }

export type FailureFacts = {
  /** Passes that failed in a row before this one. */
  attempts: number
  /** This pass had moved the cursor: whatever was wrong before is over. */
  progressed: boolean
  random: () => number
}

/** Trouble stays with its folder, or with its mailbox where the credential is refused. */
export function afterFailure(error: unknown, facts: FailureFacts): AfterFailure {
  const { attempts, progressed, random } = facts
  const errorCode = error instanceof AppError ? error.code : 'internal'
  if (errorCode === 'lease-lost') return { kind: 'leave' }
  const inMs = backoffMs(progressed ? 0 : attempts, random)
  if (!(error instanceof ProviderError)) return { kind: 'retry', inMs, errorCode }
  if (error.retry === 'after-resync') {
    // The first time at once; a provider that calls every cursor expired must not be asked in a circle, and reading the
    // first pages again each time is no progress.
    return { kind: 'restart', inMs: attempts === 0 ? 0 : backoffMs(attempts, random), errorCode }
  }
  const trouble = troubleOf(error)
  if (trouble) return { kind: 'refused', trouble, errorCode }
  return { kind: 'retry', inMs: Math.max(error.details.retryAfterMs ?? 0, inMs), errorCode }
}
