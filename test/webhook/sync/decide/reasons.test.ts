import { describe, expect, it } from '@jest/globals'
import { ledgerStates } from '../../../../models/ledger-entry.ts'
import { catalogued, reasonNamed, reasons } from '../../../../webhook/sync/decide/reasons.ts'

describe('the catalogue of reasons', () => {
  it.each(Object.entries(reasons))('says in a sentence or two what %s means', (code, reason) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(ledgerStates).toContain(reason.state)
    expect(reason.sentence).toMatch(/^[A-Z][^\n]{10,}\.$/)
    expect(reason.change).toMatch(/^[A-Z][^\n]{10,}\.$/)
  })

  it('has a reason for each state, and says nothing twice', () => {
    const states = new Set(Object.values(reasons).map(({ state }) => state))
    expect([...states].toSorted()).toEqual([...ledgerStates].toSorted())
    const sentences = Object.values(reasons).map(({ sentence }) => sentence)
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  it('knows a rule by the rule’s name, and no code of a version to come', () => {
    expect(catalogued('rule:Zk3v0aQ1xw')).toBe('rule')
    expect(reasonNamed('rule:Zk3v0aQ1xw')?.state).toBe('excluded')
    expect([catalogued('toString'), reasonNamed('of-tomorrow')]).toEqual([null, null])
  })
})
