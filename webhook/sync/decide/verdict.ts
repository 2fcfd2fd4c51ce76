import { DAY } from '../../duration.ts'
import type { ReasonCode } from './reasons.ts'

/** Raised with every change of the rules, so that an entry says by which rules it was decided. */
export const RULE_VERSION = 2

/** Room for the e-mail's other fields beside its text: the database takes documents of 16 MiB. */
export const LARGEST_BYTES = 15 * 1024 * 1024

export type Verdict =
  { kind: 'store' } | { kind: 'exclude'; reason: ReasonCode } | { kind: 'fail'; reason: ReasonCode }

/** What the decision may look at. */
export type VerdictFacts = {
  isDraft: boolean
  receivedAt: Date
  /** About what it weighs in the store. */
  bytes: number
  /** Mail received before is not wanted; null: all is. */
  windowStart: Date | null
}

/** The whole policy for one message, with no I/O: same facts, same verdict. First match wins (product 4.2). */
export function verdictOn({ isDraft, receivedAt, bytes, windowStart }: VerdictFacts): Verdict {
  if (isDraft) return { kind: 'exclude', reason: 'draft' }
  if (windowStart && receivedAt < windowStart)
    return { kind: 'exclude', reason: 'older-than-window' }
  if (bytes > LARGEST_BYTES) return { kind: 'fail', reason: 'too-large' }
  return { kind: 'store' }
}

/** From when on mail is wanted: so many days before the reading began, or began anew with a wider window. Null: ever. */
export function windowStartOf(windowDays: number | null, readSince: Date | null): Date | null {
  if (windowDays === null || readSince === null) return null
  return new Date(readSince.getTime() - windowDays * DAY)
}
