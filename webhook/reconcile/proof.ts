import type { Proof } from '../../models/folder.ts'
import { MINUTE } from '../duration.ts'
import type { LedgerCounts } from '../store/ledger-store.ts'
import { RULE_VERSION } from '../sync/decide/rules.ts'
import { SERVICE_VERSION } from '../version.ts'

/** Up to this many differences are mended one by one. */
const FEW = 50
/** A folder that differs is looked at again soon, yet one look costs a request for every thousand ids. */
const IDS_A_MINUTE = 10_000

/**
 * So much is missing that reading the whole folder again takes fewer requests than asking for each message: a page of a
 * round brings a hundred.
 */
export const isMassLoss = (missing: number, mailboxCount: number): boolean =>
  missing > Math.max(FEW, mailboxCount / 100)

export type ProofFacts = {
  /** The proof before this one. */
  before: Proof | null
  at: Date
  mailboxCount: number
  counts: LedgerCounts
  /** What was wrong when the comparison began, mail of the last minutes left out. */
  found: number
  /** What is still wrong at its end. */
  missing: number
  surplus: number
  lostEmails: number
}

/** The outcome of a comparison. Pure. */
export function proofOf(facts: ProofFacts): Proof {
  const { before, at, mailboxCount, counts, found, missing, surplus, lostEmails } = facts
  const still = missing + surplus
  // Mending that takes several comparisons is told by the last of them, which is the one that people see.
  const unfinished = before && !before.equal ? before : null
  const owed = Math.max(found, unfinished ? unfinished.missing + unfinished.surplus : 0)
  return {
    at,
    equal: still === 0,
    missing,
    surplus,
    repaired: Math.max(0, owed - still) + (unfinished?.repaired ?? 0),
    lostEmails: Math.max(lostEmails, unfinished?.lostEmails ?? 0),
    mailboxCount,
    counts,
    ruleVersion: RULE_VERSION,
    serviceVersion: SERVICE_VERSION,
  }
}

/**
 * When the ids are compared next: within the promised time, spread so that folders do not march in step; soon when they
 * differ.
 */
export function nextProofAt(
  { at, equal, mailboxCount }: Proof,
  { reconcileMs, random }: { reconcileMs: number; random: () => number },
): Date {
  const soonMs = MINUTE * Math.max(1, mailboxCount / IDS_A_MINUTE)
  const inMs = equal ? reconcileMs * (0.9 + random() / 10) : Math.min(soonMs, reconcileMs)
  return new Date(at.getTime() + Math.round(inMs))
}
