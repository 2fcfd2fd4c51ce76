import { describe, expect, it } from '@jest/globals'
import type { Proof } from '../../../models/folder.ts'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import {
  isMassLoss,
  nextProofAt,
  proofOf,
  type ProofFacts,
} from '../../../webhook/reconcile/proof.ts'
import { NOW } from '../../support/builders.ts'

const counts = { pending: 0, stored: 9, excluded: 1, failed: 0, gone: 3 }
const proof = (over: Partial<ProofFacts> = {}): Proof =>
  proofOf({
    before: null,
    at: NOW,
    mailboxCount: 10,
    counts,
    found: 0,
    missing: 0,
    surplus: 0,
    lostEmails: 0,
    ...over,
  })

describe('the outcome of a comparison', () => {
  it('is equal when nothing is wrong at its end, and says what was mended', () => {
    expect(proof()).toMatchObject({ equal: true, repaired: 0, mailboxCount: 10, counts })
    expect(proof({ found: 3 })).toMatchObject({ equal: true, missing: 0, repaired: 3 })
    expect(proof({ found: 3, missing: 1 })).toMatchObject({ equal: false, repaired: 2 })
  })

  it('says what several comparisons mended, once all is well', () => {
    const first = proof({ found: 5_000, missing: 4_000, lostEmails: 7 })
    expect(first).toMatchObject({ equal: false, repaired: 1_000 })
    const second = proof({ before: first, found: 4_000, missing: 3_000 })
    expect(second).toMatchObject({ equal: false, repaired: 2_000 })
    const last = proof({ before: second })
    expect(last).toMatchObject({ equal: true, repaired: 5_000, lostEmails: 7 })
    expect(proof({ before: last })).toMatchObject({ repaired: 0, lostEmails: 0 })
  })

  it('says what the reading of the whole folder mended', () => {
    const before = proof({ found: 300, missing: 300 })
    expect(proof({ before })).toMatchObject({ equal: true, repaired: 300 })
  })
})

describe('the next comparison', () => {
  const inMs = (of: Proof, random = 0) =>
    nextProofAt(of, { reconcileMs: DAY, random: () => random }).getTime() - NOW.getTime()

  it('comes within the promised time, each folder at its own', () => {
    expect(inMs(proof(), 0)).toBe(0.9 * DAY)
    expect(inMs(proof(), 0.999)).toBeLessThanOrEqual(DAY)
  })

  it('comes soon when something is wrong, and not too soon for a large folder', () => {
    const wrong = (mailboxCount: number) => inMs(proof({ missing: 1, mailboxCount }))
    expect(wrong(10)).toBe(MINUTE)
    expect(wrong(1_000_000)).toBe(100 * MINUTE)
    expect(wrong(100_000_000)).toBeLessThanOrEqual(DAY)
    expect(wrong(100_000_000)).toBeGreaterThan(HOUR)
  })
})

describe('a loss', () => {
  it.each([
    [50, 100, false],
    [51, 100, true],
    [51, 100_000, false],
    [1_001, 100_000, true],
  ])('of %i messages in %i is worth reading the folder again: %p', (missing, of, isMass) => {
    expect(isMassLoss(missing, of)).toBe(isMass)
  })
})
