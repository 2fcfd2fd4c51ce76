import type { ProviderError } from '../../errors.ts'
import { statusFor, troubleOf } from '../../sign-in/decide/trouble.ts'
import type { ReasonCode } from './reasons.ts'

export type WithheldReason = Extract<ReasonCode, 'throttled-by-graph' | 'reconnect-needed'>

/** Why nothing of the mailbox is given just now, whichever message is asked for; null: the failure means something else. */
export function withheldBy(error: ProviderError): WithheldReason | null {
  if (error.code === 'throttled') return 'throttled-by-graph'
  const trouble = troubleOf(error)
  return trouble && statusFor(trouble.action) === 'reconnect-needed' ? 'reconnect-needed' : null
}

type Known = { folderId: string; state: string; reason: string }

/**
 * Whether the ledger is to say of a message of this folder that it is withheld: only where it has nothing better to say.
 * What is stored, left out or failed stays so until the mailbox has answered.
 */
export const isWorthSaying = (
  entry: Known | undefined,
  { folderId, reason }: { folderId: string; reason: WithheldReason },
): boolean =>
  !entry ||
  entry.state === 'gone' ||
  (entry.state === 'pending' && entry.folderId === folderId && entry.reason !== reason)
