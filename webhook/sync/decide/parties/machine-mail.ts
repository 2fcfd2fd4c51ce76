import type { MachineHeaders } from '../../../provider/provider.ts'

/** By what a message shows that no person wrote it to somebody. */
export type MachineMark = 'list' | 'auto-submitted' | 'bulk' | 'bounce' | 'no-reply'

/** `Precedence` was never standardised; these words are what senders use (RFC 2076 3.9, RFC 3834 3.1.8). */
const BULK = /^(?:bulk|list|junk|auto[_-]reply)$/
/** A sender that says it reads no answers: no-reply@, donotreply-billing@, noreply+1234@. */
const NO_REPLY = /^(?:no|not|do[._-]?not)[._-]?repl(?:y|ies)(?:$|[._+-])/

/**
 * Whether a machine sent it, by the marks that machines put on: List-Id (RFC 2919), Auto-Submitted other than "no" (RFC
 * 3834 5), Precedence, an empty return path (RFC 5321 4.5.5), a no-reply sender. Null: a person, as far as one can see.
 */
export function machineMarkOf(
  { hasListId, autoSubmitted, precedence, hasNullReturnPath }: MachineHeaders,
  fromAddress: string | null,
): MachineMark | null {
  if (hasListId) return 'list'
  if (autoSubmitted !== null && !['', 'no'].includes(firstWord(autoSubmitted)))
    return 'auto-submitted'
  if (precedence !== null && BULK.test(firstWord(precedence))) return 'bulk'
  if (hasNullReturnPath) return 'bounce'
  return fromAddress !== null && NO_REPLY.test(fromAddress.trim().toLowerCase().split('@')[0] ?? '')
    ? 'no-reply'
    : null
}

/** Without parameters and comments: `auto-replied; owner=…`, `no (really)`. */
const firstWord = (value: string): string =>
  (/^[^\s;(]*/.exec(value.trim())?.[0] ?? '').toLowerCase()
