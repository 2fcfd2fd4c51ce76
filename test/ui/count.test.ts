import { describe, expect, it } from '@jest/globals'
import { countOf, exactly } from '../../ui/count.ts'

describe('how many e-mails there are', () => {
  it.each([
    [0, '0'],
    [1_200, '1,200'],
    [10_000, '10,000'],
    [10_001, '10,000+'],
  ])('of %i says %s', (total, words) => {
    expect(countOf(total)).toBe(words)
  })

  it('is known exactly up to where the service counts', () => {
    expect([exactly(10_000), exactly(10_001)]).toEqual([10_000, undefined])
  })
})
