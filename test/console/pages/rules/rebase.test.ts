import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { rebase, same } from '../../../../console/rules/rebase.ts'

type Typed = { scope?: string; list: string[] }

describe('what was typed, on top of what somebody else saved', () => {
  it('stays where it was typed, and follows where it was not', () => {
    const base = { scope: 'all', automated: 'store', neverLog: ['a', 'b'] }
    const typed = { scope: 'contacts', automated: 'store', neverLog: ['a', 'b', 'mine'] }
    const newer = { scope: 'all', automated: 'keep-out', neverLog: ['b', 'theirs'] }
    expect(rebase(base, typed, newer)).toEqual({
      ...{ scope: 'contacts', automated: 'keep-out' },
      neverLog: ['b', 'theirs', 'mine'],
    })
  })

  it('also where a choice was taken back, or something was taken off a list', () => {
    const base: Typed = { scope: 'all', list: ['a', 'b'] }
    const newer: Typed = { scope: 'all', list: ['a', 'b', 'c'] }
    expect(rebase(base, { list: ['b'] }, newer)).toEqual({ list: ['b', 'c'] })
  })

  it('is not had twice when both wrote the same rule, which has a name since', () => {
    const rule = { kind: 'any-party', entries: [{ of: 'address', value: 'a@b.test' }] }
    const [unnamed, named] = [
      { ...rule, id: '' },
      { ...rule, id: 'r-1' },
    ]
    expect(rebase({ neverLog: [] }, { neverLog: [unnamed] }, { neverLog: [named] })).toEqual({
      neverLog: [named],
    })
  })

  it('is all that is left when nobody else changed anything, and nothing when only they did', () => {
    const rules = fc.record(
      {
        scope: fc.constantFrom('all', 'contacts'),
        list: fc.uniqueArray(fc.constantFrom('a', 'b')),
      },
      { requiredKeys: ['list'] },
    ) as fc.Arbitrary<Typed>
    fc.assert(
      fc.property(rules, rules, (base, other) => {
        expect(rebase(base, other, base)).toEqual(other)
        expect(same(rebase(base, base, other), other)).toBe(true)
        expect(same(rebase(base, other, other), other)).toBe(true)
      }),
    )
  })
})
