import { AppError, ProviderError } from '../../errors.ts'
import { backoffMs } from '../../queue/backoff.ts'

/** What to do with a folder whose pass failed. */
export type AfterFailure =
  | { kind: 'retry'; inMs: number; errorCode: string }
  | { kind: 'restart'; inMs: number; errorCode: string }
  | { kind: 'reconnect'; errorCode: string }
  | { kind: 'leave' }

/** Trouble stays with its folder, or with its mailbox where the credential is refused. */
export function afterFailure(error: unknown, attempts: number, random: () => number): AfterFailure {
  const errorCode = error instanceof AppError ? error.code : 'internal'
  if (errorCode === 'lease-lost') return { kind: 'leave' }
  if (!(error instanceof ProviderError))
    return { kind: 'retry', inMs: backoffMs(attempts, random), errorCode }
  if (error.retry === 'after-resync') {
    // The first time at once; a provider that calls every cursor expired must not be asked in a circle.
    return { kind: 'restart', inMs: attempts === 0 ? 0 : backoffMs(attempts, random), errorCode }
  }
  if (error.retry === 'after-reconnect') return { kind: 'reconnect', errorCode }
  return {
    kind: 'retry',
    inMs: Math.max(error.details.retryAfterMs ?? 0, backoffMs(attempts, random)),
    errorCode,
  }
}
