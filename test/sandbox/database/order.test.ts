import { describe, expect, it } from '@jest/globals'
import { Long } from 'bson'
import fc from 'fast-check'
import { compare, encode, invert, isSame } from '../../../sandbox/database/query/values.ts'
import { Collection } from '../../../sandbox/database/store/collection.ts'
import { SortedList } from '../../../sandbox/database/store/sorted-list.ts'

const sign = (n: number): number => Math.sign(n)
const text = fc.string({ unit: 'binary', maxLength: 6 })

describe('the order of values', () => {
  it('is numeric for numbers, with NaN below and both zeros the same', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        expect(compare(a, b)).toBe(a < b ? -1 : a > b ? 1 : 0)
        expect(compare(Number.NaN, a)).toBe(-1)
      }),
    )
  })

  it('is exact for 64-bit integers, and the same number is one in both forms', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    fc.assert(
      fc.property(int64, fc.bigInt({ min: -3n, max: 3n }), (n, step) => {
        const other = BigInt.asIntN(64, n + step)
        const order = n < other ? -1 : n > other ? 1 : 0
        expect(compare(Long.fromBigInt(n), Long.fromBigInt(other))).toBe(order)
      }),
    )
    expect(isSame(Long.fromNumber(5), 5)).toBe(true)
  })

  it('is that of UTF-8 bytes for strings', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(compare(a, b)).toBe(sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
      }),
    )
  })

  it('is turned round by inverting, also within a compound key', () => {
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        const [left, right] = [invert(encode(a)) + encode(c), invert(encode(b)) + encode(d)]
        const expected = compare(b, a) || compare(c, d)
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(expected)
      }),
    )
  })
})

describe('a sorted list', () => {
  it('keeps its order through many insertions and removals', () => {
    const list = new SortedList<{ order: number }>()
    const items = Array.from({ length: 5_000 }, (_, order) => ({
      order,
      key: `k${(order * 7919) % 613}`,
    }))
    for (const item of items) list.add(item.key, item)
    for (const item of items.filter(({ order }) => order % 3 === 0)) list.remove(item.key, item)
    const expected = items
      .filter(({ order }) => order % 3 !== 0)
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.order - b.order))
    expect([...list.range('', 'z')].map(({ item }) => item)).toEqual(expected)
    expect([...list.rangeBackwards('', 'z')].map(({ item }) => item)).toEqual(expected.reverse())
    expect([...list.range('k5', 'k6')].every(({ key }) => key >= 'k5' && key < 'k6')).toBe(true)
  })
})

describe('an index', () => {
  const scalar = fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(null, 'a', 'b', '', true),
    fc.constantFrom(1, 2).map((ms) => new Date(ms)),
  )
  const value = fc.oneof(
    { weight: 3, arbitrary: scalar },
    fc.array(scalar, { maxLength: 3 }),
    fc.record({ c: scalar }, { noNullPrototype: true }),
  )
  const document = (several: typeof value | typeof scalar) =>
    fc.record({ a: value, b: several, d: scalar }, { requiredKeys: [], noNullPrototype: true })
  const condition = fc.oneof(
    scalar,
    fc.record({ $gt: scalar }, { noNullPrototype: true }),
    fc.record({ $gte: scalar, $lt: scalar }, { noNullPrototype: true }),
    fc.record({ $lte: scalar }, { noNullPrototype: true }),
    fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }, { noNullPrototype: true }),
    fc.record({ $ne: scalar }, { noNullPrototype: true }),
  )
  const fields = fc.dictionary(fc.constantFrom('a', 'b', 'd', 'a.c'), condition, {
    maxKeys: 3,
    noNullPrototype: true,
  })
  const filter = fc.oneof(
    fields,
    fc.tuple(fields, fields).map(([one, other]) => ({ $or: [one, other] })),
    fc.tuple(fields, fields, fields).map(([one, other, both]) => ({ ...both, $or: [one, other] })),
    fc.tuple(fields, fields).map(([one, other]) => ({ $and: [one, other] })),
  )
  const sorts = fc.constantFrom<[string, 1 | -1][][]>(
    [],
    [['d', 1]],
    [
      ['b', -1],
      ['d', 1],
    ],
    [
      ['d', -1],
      ['b', 1],
    ],
  )
  const keys = [{ a: 1 }, { 'a.c': -1 }, { b: 1, d: -1 }, { d: 1 }, { d: -1, b: 1 }] as Record<
    string,
    1 | -1
  >[]

  it('never changes what a question finds, nor its order', () => {
    const now = new Date(0)
    const documents = fc.array(document(scalar), { maxLength: 25 })
    fc.assert(
      fc.property(documents, filter, sorts, (docs, question, sort) => {
        const plain = new Collection('a.plain', { documentsExamined: 0 })
        const indexed = new Collection('a.indexed', { documentsExamined: 0 })
        for (const key of keys)
          indexed.createIndex({ name: JSON.stringify(key), key, unique: false })
        for (const [n, doc] of docs.entries()) {
          plain.insert({ _id: n, ...doc })
          indexed.insert({ _id: n, ...doc })
        }
        const ids = (collection: Collection): unknown[] =>
          collection
            .select({ filter: question, sort: [...sort, ['_id', 1]], now })
            .map(({ doc }) => doc._id)
        expect(ids(indexed)).toEqual(ids(plain))
      }),
      { numRuns: 600, seed: 1 },
    )
  })
})
