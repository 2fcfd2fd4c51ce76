import { describe, expect, it } from '@jest/globals'
import { type Document, Long } from 'mongodb'
import { conforming } from '../../peers/known-faults.ts'
import { errorOf, useDatabase } from './connect.ts'

const { collection } = useDatabase()
const DAY = new Date('2026-11-20T09:00:00Z')

/** The document after one update, without its id. */
async function after(doc: Document, update: Document, options = {}): Promise<Document> {
  const mails = await collection([{ _id: 1, ...doc }])
  await mails.updateOne({}, update, options)
  const { _id, ...rest } = (await mails.findOne({}))!
  expect(_id).toBe(1)
  return rest
}

describe('an update operator', () => {
  const cases: [string, Document, Document, Document][] = [
    ['$set makes the path', { a: 1 }, { $set: { 'b.c': DAY } }, { a: 1, b: { c: DAY } }],
    ['$set reaches an element', { a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
    ['$set fills a list with null', { a: [1] }, { $set: { 'a.2': 9 } }, { a: [1, null, 9] }],
    [
      '$unset',
      { a: 1, b: { c: 1, d: 2 } },
      { $unset: { 'b.c': '', x: '' } },
      { a: 1, b: { d: 2 } },
    ],
    ['$inc', { n: 1 }, { $inc: { n: 2, m: -1 } }, { n: 3, m: -1 }],
    ['$mul', { n: 3 }, { $mul: { n: 2, m: 4 } }, { n: 6, m: 0 }],
    [
      '$min',
      { a: DAY, b: 5 },
      { $min: { a: new Date(0), b: 9, c: 1 } },
      { a: new Date(0), b: 5, c: 1 },
    ],
    ['$max', { a: 1, b: 5 }, { $max: { a: 3, b: 4 } }, { a: 3, b: 5 }],
    ['$push', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
    [
      '$push $each $slice',
      { a: [1, 2] },
      { $push: { a: { $each: [3, 4], $slice: -3 } } },
      { a: [2, 3, 4] },
    ],
    [
      '$push $each $sort',
      { a: [{ n: 2 }] },
      { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
      { a: [{ n: 1 }, { n: 2 }] },
    ],
    [
      '$push $each $position',
      { a: [1] },
      { $push: { a: { $each: [0], $position: 0 } } },
      { a: [0, 1] },
    ],
    [
      '$addToSet',
      { a: [{ x: 1 }] },
      { $addToSet: { a: { x: 1 }, b: 1 } },
      { a: [{ x: 1 }], b: [1] },
    ],
    ['$addToSet $each', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
    ['$pull of a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    ['$pull by an operator', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [
      '$pull by a field',
      { a: [{ k: 1, v: 2 }, { k: 2 }] },
      { $pull: { a: { k: 1 } } },
      { a: [{ k: 2 }] },
    ],
    ['$pullAll', { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    ['$pop', { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
    ['$setOnInsert changes nothing that is there', { a: 1 }, { $setOnInsert: { a: 2 } }, { a: 1 }],
    [
      'all elements, $[]',
      { a: [{ n: 1 }, { n: 2 }] },
      { $inc: { 'a.$[].n': 1 } },
      { a: [{ n: 2 }, { n: 3 }] },
    ],
  ]
  it.each(cases)('%s', async (_name, doc, update, expected) => {
    expect(await after(doc, update)).toEqual(expected)
  })

  it('changes the elements that an array filter chooses', async () => {
    const doc = {
      parts: [
        { name: 'a', seen: false },
        { name: 'b', seen: false },
      ],
    }
    const options = { arrayFilters: [{ 'part.name': 'b' }] }
    const update = { $set: { 'parts.$[part].seen': true } }
    expect(await after(doc, update, options)).toEqual({
      parts: [doc.parts[0], { name: 'b', seen: true }],
    })
  })

  it('counts beyond 2^53 exactly', async () => {
    const doc = { n: Long.fromString('9007199254740992') }
    const changed = await after(doc, { $inc: { n: 1 } })
    expect(String(changed.n)).toBe('9007199254740993')
  })

  it('$currentDate writes the server time', async () => {
    const { at } = await after({}, { $currentDate: { at: true } })
    expect(Math.abs(Date.now() - (at as Date).getTime())).toBeLessThan(60_000)
  })

  const refused: [string, Document, Document, number][] = [
    ['$inc of a string', { n: 'x' }, { $inc: { n: 1 } }, 14],
    ['$push to a string', { n: 'x' }, { $push: { n: 1 } }, 2],
    ['a path through a string', { n: 'x' }, { $set: { 'n.m': 1 } }, 28],
    ['a path and its parent at once', {}, { $set: { a: { b: 1 }, 'a.b': 2 } }, 40],
    ['another _id', {}, { $set: { _id: 2 } }, 66],
    ['an operator that does not exist', {}, { $grow: { a: 1 } }, 9],
  ]
  it.each(refused)('refuses %s and changes nothing', async (_name, doc, update, code) => {
    const mails = await collection([{ _id: 1, ...doc }])
    expect(await errorOf(mails.updateOne({}, update))).toMatchObject({ code })
    expect(await mails.findOne({})).toEqual({ _id: 1, ...doc })
  })
})

describe('an update', () => {
  it('tells matched from modified', async () => {
    const mails = await collection([{ n: 1 }, { n: 1 }, { n: 2 }])
    expect(await mails.updateMany({ n: 1 }, { $set: { n: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 0,
    })
    expect(await mails.updateMany({}, { $set: { n: 2 } })).toMatchObject({
      matchedCount: 3,
      modifiedCount: 2,
    })
  })

  it('replaces the whole document but for its id', async () => {
    const mails = await collection([{ _id: 1, a: 1, b: 2 }])
    await mails.replaceOne({ a: 1 }, { c: 3 })
    expect(await mails.findOne({})).toEqual({ _id: 1, c: 3 })
  })

  it(
    'as a pipeline computes from the document and the server time',
    conforming(async () => {
      const mails = await collection([{ _id: 1, n: 2, lease: { owner: 'a' } }])
      await mails.updateOne({}, [
        { $set: { 'lease.until': { $add: ['$$NOW', 60_000] }, double: { $multiply: ['$n', 2] } } },
        { $unset: 'n' },
      ])
      const doc = (await mails.findOne({}))!
      expect(doc).toEqual({ _id: 1, double: 4, lease: { owner: 'a', until: expect.any(Date) } })
      const aheadMs = (doc.lease as { until: Date }).until.getTime() - Date.now()
      expect(Math.abs(aheadMs - 60_000)).toBeLessThan(30_000)
    }),
  )

  it('as an upsert begins with what the filter fixes', async () => {
    const mails = await collection()
    const result = await mails.updateOne(
      { box: 'a', size: { $gt: 5 }, 'key.id': 7 },
      { $set: { n: 1 }, $setOnInsert: { made: true } },
      { upsert: true },
    )
    expect(result.upsertedCount).toBe(1)
    expect(await mails.findOne({})).toEqual({
      _id: result.upsertedId,
      box: 'a',
      key: { id: 7 },
      n: 1,
      made: true,
    })
  })
})

describe('findOneAndUpdate', () => {
  it('gives the old document or the new one', async () => {
    const mails = await collection([{ _id: 1, n: 1 }])
    expect(await mails.findOneAndUpdate({}, { $inc: { n: 1 } })).toEqual({ _id: 1, n: 1 })
    const options = { returnDocument: 'after', projection: { _id: 0 } } as const
    expect(await mails.findOneAndUpdate({}, { $inc: { n: 1 } }, options)).toEqual({ n: 3 })
    expect(await mails.findOneAndUpdate({ n: 99 }, { $inc: { n: 1 } })).toBeNull()
  })

  it('takes the first in the wanted order', async () => {
    const mails = await collection([3, 1, 2].map((n) => ({ _id: n, due: new Date(n) })))
    await mails.createIndex({ due: 1 })
    const claim = { due: { $lte: new Date(5) } }
    const options = { sort: { due: 1 } } as const
    const ids: unknown[] = []
    for (let n = 0; n < 3; n++)
      ids.push(
        (await mails.findOneAndUpdate(claim, { $set: { due: new Date(100) } }, options))?._id,
      )
    expect(ids).toEqual([1, 2, 3])
  })

  it('inserts when told to, and deletes and replaces', async () => {
    const mails = await collection()
    const options = { upsert: true, returnDocument: 'after' } as const
    expect(await mails.findOneAndUpdate({ _id: 5 as never }, { $set: { n: 1 } }, options)).toEqual({
      _id: 5,
      n: 1,
    })
    expect(await mails.findOneAndReplace({ n: 1 }, { m: 2 })).toEqual({ _id: 5, n: 1 })
    expect(await mails.findOneAndDelete({ m: 2 })).toEqual({ _id: 5, m: 2 })
    expect(await mails.countDocuments()).toBe(0)
  })
})

describe('a bulk write', () => {
  it('stops at the first error when ordered', async () => {
    const mails = await collection([{ _id: 2 }])
    const error = await errorOf(mails.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }] as never[]))
    expect(error).toMatchObject({ code: 11000, writeErrors: [{ index: 1, code: 11000 }] })
    expect(await mails.countDocuments()).toBe(2)
  })

  it('goes on when not ordered, and tells which failed', async () => {
    const mails = await collection([{ _id: 2 }])
    const docs = [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 1 }] as never[]
    const error = await errorOf(mails.insertMany(docs, { ordered: false }))
    expect((error.writeErrors as { index: number }[]).map(({ index }) => index)).toEqual([1, 3])
    expect(await mails.countDocuments()).toBe(3)
  })

  it('mixes inserts, updates and deletes', async () => {
    const mails = await collection([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
    ])
    const result = await mails.bulkWrite([
      { insertOne: { document: { _id: 3 as never, n: 1 } } },
      { updateMany: { filter: { n: 1 }, update: { $inc: { n: 1 } } } },
      { deleteOne: { filter: { _id: 2 as never } } },
      { updateOne: { filter: { _id: 9 as never }, update: { $set: { n: 9 } }, upsert: true } },
    ])
    expect(result).toMatchObject({
      insertedCount: 1,
      modifiedCount: 3,
      deletedCount: 1,
      upsertedCount: 1,
    })
    expect(result.upsertedIds).toEqual({ 3: 9 })
    expect(await mails.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 2 },
      { _id: 3, n: 2 },
      { _id: 9, n: 9 },
    ])
  })

  it('deletes one or all', async () => {
    const mails = await collection([{ n: 1 }, { n: 1 }, { n: 1 }])
    expect(await mails.deleteOne({ n: 1 })).toMatchObject({ deletedCount: 1 })
    expect(await mails.deleteMany({ n: 1 })).toMatchObject({ deletedCount: 2 })
  })
})
