import type { ReasonCode } from './reasons.ts'

/** Raised with every change of the rules, so that an entry says by which rules it was decided. */
export const RULE_VERSION = 1

export type Verdict = { kind: 'store' } | { kind: 'exclude'; reason: ReasonCode }

/** What the decision may look at. */
export type VerdictFacts = { isDraft: boolean }

/** The whole policy for one message, with no I/O: same facts, same verdict. First match wins (product 4.2). */
export function verdictOn({ isDraft }: VerdictFacts): Verdict {
  if (isDraft) return { kind: 'exclude', reason: 'draft' }
  return { kind: 'store' }
}
