import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ledgerStates } from '../../../../models/ledger-entry.ts'
import { DAY } from '../../../../webhook/duration.ts'
import { reasons } from '../../../../webhook/sync/decide/reasons.ts'
import {
  LARGEST_BYTES,
  verdictOn,
  windowStartOf,
  type VerdictFacts,
} from '../../../../webhook/sync/decide/verdict.ts'
import { NOW } from '../../../support/builders.ts'

const facts = (over: Partial<VerdictFacts> = {}): VerdictFacts => ({
  ...{ isDraft: false, receivedAt: NOW, bytes: 1_000, windowStart: null },
  ...over,
})
const before = new Date(NOW.getTime() - 1)
const after = new Date(NOW.getTime() + 1)

describe('the verdict', () => {
  it.each<[string, VerdictFacts, string]>([
    ['is to store a message', facts(), 'store'],
    ['leaves a draft out', facts({ isDraft: true }), 'exclude draft'],
    [
      'leaves out what is older than the window',
      facts({ windowStart: after }),
      'exclude older-than-window',
    ],
    ['stores what the window begins with', facts({ windowStart: NOW }), 'store'],
    ['stores what is younger', facts({ windowStart: before }), 'store'],
    ['fails what the store cannot take', facts({ bytes: LARGEST_BYTES + 1 }), 'fail too-large'],
    ['stores what just fits', facts({ bytes: LARGEST_BYTES }), 'store'],
    [
      'says of an old draft that it is one',
      facts({ isDraft: true, windowStart: after }),
      'exclude draft',
    ],
    [
      'says of what is old and large that it is old',
      facts({ windowStart: after, bytes: LARGEST_BYTES + 1 }),
      'exclude older-than-window',
    ],
  ])('%s', (_what, given, expected) => {
    const verdict = verdictOn(given)
    expect('reason' in verdict ? `${verdict.kind} ${verdict.reason}` : verdict.kind).toBe(expected)
  })

  it('gives a reason whose state it is, whatever the facts', () => {
    const anyFacts = fc.record({
      isDraft: fc.boolean(),
      receivedAt: fc.date({ noInvalidDate: true }),
      bytes: fc.nat(2 * LARGEST_BYTES),
      windowStart: fc.option(fc.date({ noInvalidDate: true })),
    })
    const states = { exclude: 'excluded', fail: 'failed' }
    fc.assert(
      fc.property(anyFacts, (given) => {
        const verdict = verdictOn(given)
        if (verdict.kind !== 'store')
          expect(reasons[verdict.reason].state).toBe(states[verdict.kind])
      }),
    )
  })
})

describe('the window', () => {
  it.each<[string, number | null, Date | null, Date | null]>([
    ['is open when all mail is wanted', null, NOW, null],
    ['begins with the watching when no history is wanted', 0, NOW, NOW],
    ['begins so many days before', 30, NOW, new Date(NOW.getTime() - 30 * DAY)],
    ['is open for a folder of which nobody knows since when it is watched', 30, null, null],
  ])('%s', (_what, days, since, expected) => {
    expect(windowStartOf(days, since)).toEqual(expected)
  })
})

describe('the catalogue of reasons', () => {
  it.each(Object.entries(reasons))('says in a sentence or two what %s means', (code, reason) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(ledgerStates).toContain(reason.state)
    expect(reason.sentence).toMatch(/^[A-Z][^\n]{10,}\.$/)
    expect(reason.change).toMatch(/^[A-Z][^\n]{10,}\.$/)
  })

  it('has a reason for each state', () => {
    const states = new Set(Object.values(reasons).map(({ state }) => state))
    expect([...states].toSorted()).toEqual([...ledgerStates].toSorted())
  })

  it('does not say the same twice', () => {
    const sentences = Object.values(reasons).map(({ sentence }) => sentence)
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})
