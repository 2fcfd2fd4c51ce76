import { describe, expect, it } from '@jest/globals'
import { parseRetryAfter } from '../../../../webhook/provider/graph/requests/retry-after.ts'
import { NOW } from '../../../support/builders.ts'

describe('Retry-After', () => {
  it.each([
    ['30', 30_000],
    ['1', 1_000],
    ['0', 0],
    ['0.5', 500],
    ['1.128', 1_128],
    [' 7 ', 7_000],
    ['1e9', 600_000],
    ['99999999999999999999', 600_000],
    ['Fri, 20 Nov 2026 09:00:45 GMT', 45_000],
    ['Sat, 20 Nov 2027 09:00:00 GMT', 600_000],
    ['Fri, 20 Nov 2026 08:59:59 GMT', null],
    ['-1', null],
    ['-Infinity', null],
    ['Infinity', null],
    ['NaN', null],
    ['soon', null],
    ['30 seconds', null],
    ['', null],
    ['  ', null],
    [null, null],
  ])('%j means %j ms', (given, ms) => {
    expect(parseRetryAfter(given, NOW)).toBe(ms)
  })
})
