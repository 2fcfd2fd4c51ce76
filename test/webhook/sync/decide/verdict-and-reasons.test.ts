import { describe, expect, it } from '@jest/globals'
import { ledgerStates } from '../../../../models/ledger-entry.ts'
import { reasons } from '../../../../webhook/sync/decide/reasons.ts'
import { verdictOn } from '../../../../webhook/sync/decide/verdict.ts'

describe('the verdict', () => {
  it('is to store a message', () => {
    expect(verdictOn({ isDraft: false })).toEqual({ kind: 'store' })
  })

  it('is to leave a draft out, and says why by a reason that is in the catalogue', () => {
    const verdict = verdictOn({ isDraft: true })
    expect(verdict).toEqual({ kind: 'exclude', reason: 'draft' })
    expect(reasons.draft.state).toBe('excluded')
  })
})

describe('the catalogue of reasons', () => {
  it.each(Object.entries(reasons))('says in one sentence what %s means', (code, reason) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(ledgerStates).toContain(reason.state)
    expect(reason.sentence).toMatch(/^[A-Z][^\n]{10,}\.$/)
  })

  it('says which state each reason explains', () => {
    const states = Object.fromEntries(
      Object.entries(reasons).map(([code, { state }]) => [code, state]),
    )
    expect(states).toEqual({
      new: 'stored',
      'duplicate-of': 'stored',
      draft: 'excluded',
      malformed: 'failed',
      'deleted-in-mailbox': 'gone',
      'moved-out': 'gone',
    })
  })

  it('does not say the same twice', () => {
    const sentences = Object.values(reasons).map(({ sentence }) => sentence)
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})
