import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { bucketOf, Buckets, BUCKETS } from '../../../webhook/reconcile/buckets.ts'

/** Ids as Graph makes them: long, much alike, telling case apart. */
const ids = fc.uniqueArray(
  fc.oneof(
    fc.nat(5_000).map((n) => `AAMkAGI2${n}=`),
    fc.stringMatching(/^AAMk[a-zA-B0-1_-]{1,12}=$/),
  ),
  { maxLength: 400 },
)
const shuffledIds = ids.chain((some) =>
  fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
)
const bucketsOf = (some: string[]) => [...new Set(some.map(bucketOf))].toSorted((a, b) => a - b)

describe('buckets of ids', () => {
  it('are equal for equal sets, in whatever order the ids come', () => {
    fc.assert(
      fc.property(shuffledIds, ([some, shuffled]) => {
        expect(Buckets.of(some).differingFrom(Buckets.of(shuffled))).toEqual([])
      }),
    )
  })

  it('differ exactly where ids are on one side alone', () => {
    const parts = ids.chain((some) =>
      fc.tuple(
        fc.constant(some),
        fc.array(fc.constantFrom('both', 'mailbox', 'ledger'), {
          minLength: some.length,
          maxLength: some.length,
        }),
      ),
    )
    fc.assert(
      fc.property(parts, ([some, sides]) => {
        const on = (side: string) =>
          some.filter((_, at) => sides[at] === 'both' || sides[at] === side)
        const lonely = some.filter((_, at) => sides[at] !== 'both')
        const differing = Buckets.of(on('mailbox')).differingFrom(Buckets.of(on('ledger')))
        expect(differing).toEqual(bucketsOf(lonely))
      }),
    )
  })

  it('know how many ids they hold, in all and each', () => {
    fc.assert(
      fc.property(ids, (some) => {
        const buckets = Buckets.of(some)
        const counts = Array.from({ length: BUCKETS }, (_, bucket) => buckets.countIn(bucket))
        expect(buckets.size).toBe(some.length)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(some.length)
        for (const id of some) expect(buckets.countIn(bucketOf(id))).toBeGreaterThan(0)
      }),
    )
  })

  it('show an id that is there twice, though it cancels itself out', () => {
    const twice = Buckets.of(['a', 'b', 'b'])
    expect(twice.differingFrom(Buckets.of(['a']))).toEqual([bucketOf('b')])
  })

  it('tell ids apart that differ in the case of one letter', () => {
    const differing = Buckets.of(['AAMkAa=']).differingFrom(Buckets.of(['AAMkAA=']))
    expect(differing).toEqual(bucketsOf(['AAMkAa=', 'AAMkAA=']))
  })

  it('spread a large folder evenly, so that one bucket is little to hold', () => {
    const large = new Buckets()
    for (let n = 0; n < 200_000; n++) large.add(`AAMkAGI2${n}`)
    const counts = Array.from({ length: BUCKETS }, (_, bucket) => large.countIn(bucket))
    expect(Math.max(...counts)).toBeLessThan(2 * (200_000 / BUCKETS))
  })
})
