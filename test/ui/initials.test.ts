import { describe, expect, it } from '@jest/globals'
import { initialsOf, placeOf } from '../../ui/initials.ts'

describe('the circle beside a name', () => {
  it.each([
    ['Dora Dreyer', 'DD'],
    ['dora maria van dreyer', 'DD'],
    ['Dora', 'D'],
    ['Dreyer, Dora (Fabrikam)', 'DD'],
    ['dora.dreyer@fabrikam.test', 'DD'],
    ['Élodie Ångström', 'ÉÅ'],
    ['日本 太郎', '日'],
    ['دورا دراير', 'د'],
    ['𝒟ora', '𝒟'],
    ['"<>"', ''],
    ['', ''],
  ])('of %s says %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })

  it('keeps its colour, and is not always of the same', () => {
    const places = ['Alice', 'Bob', 'Carol', 'Dora', 'Emil'].map((name) => placeOf(name, 8))
    expect(places).toEqual(
      ['Alice', 'Bob', 'Carol', 'Dora', 'Emil'].map((name) => placeOf(name, 8)),
    )
    expect(new Set(places).size).toBeGreaterThan(2)
    expect(Math.max(...places)).toBeLessThan(8)
  })
})
