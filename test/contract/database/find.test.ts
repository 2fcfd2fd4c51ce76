import { describe, expect, it } from '@jest/globals'
import { Binary, type Document, Long, ObjectId } from 'mongodb'
import { conforming } from '../../peers/known-faults.ts'
import { errorOf, useDatabase } from './connect.ts'

const contract = useDatabase()
const { collection } = contract

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n))

const MAILS: Document[] = [
  {
    _id: 1,
    subject: 'Offer',
    from: 'ann@example.com',
    size: 10,
    at: day(1),
    to: ['bob', 'cid'],
    lease: null,
  },
  {
    _id: 2,
    subject: 'Order',
    from: 'bob@example.com',
    size: 20,
    at: day(2),
    to: [],
    lease: { until: day(5) },
  },
  { _id: 3, subject: 'Re: Offer', from: 'ann@example.com', size: 30, at: day(3), to: ['ann'] },
  {
    _id: 4,
    subject: 'Zürich',
    from: 'cid@example.com',
    size: '30',
    at: day(4),
    parts: [
      { name: 'a', size: 1 },
      { name: 'b', size: 9 },
    ],
  },
]

/** The ids that a filter finds, in their order. */
async function idsOf(filter: Document, docs = MAILS): Promise<unknown[]> {
  const mails = await collection(docs)
  return (await mails.find(filter).sort({ _id: 1 }).toArray()).map((doc) => doc._id)
}

describe('a filter', () => {
  const cases: [string, Document, unknown[]][] = [
    ['equality', { from: 'ann@example.com' }, [1, 3]],
    ['equality with an element of a list', { to: 'bob' }, [1]],
    ['equality with a whole list', { to: ['bob', 'cid'] }, [1]],
    ['equality with an empty list', { to: [] }, [2]],
    ['null, which a missing field is too', { lease: null }, [1, 3, 4]],
    ['$ne null', { lease: { $ne: null } }, [2]],
    ['a dotted path', { 'lease.until': day(5) }, [2]],
    ['a dotted path through a list', { 'parts.size': 9 }, [4]],
    ['a numbered element', { 'to.0': 'ann' }, [3]],
    ['a range of dates', { at: { $gte: day(2), $lt: day(4) } }, [2, 3]],
    ['a range within one type only', { size: { $gt: 5 } }, [1, 2, 3]],
    ['$lt null finds nothing', { lease: { $lt: null } }, []],
    ['$in', { _id: { $in: [1, 4, 9] } }, [1, 4]],
    ['$in with null', { lease: { $in: [null] } }, [1, 3, 4]],
    ['$nin', { from: { $nin: ['ann@example.com'] } }, [2, 4]],
    ['$exists', { lease: { $exists: true } }, [1, 2]],
    ['$or', { $or: [{ _id: 1 }, { size: 20 }] }, [1, 2]],
    ['$and', { $and: [{ size: { $gt: 10 } }, { to: 'ann' }] }, [3]],
    ['$nor', { $nor: [{ _id: 1 }, { _id: 2 }] }, [3, 4]],
    ['$not', { size: { $not: { $gt: 10 } } }, [1, 4]],
    ['$regex with an option', { subject: { $regex: '^re: offer', $options: 'i' } }, [3]],
    ['a regular expression', { subject: /^Off/ }, [1]],
    ['$size', { to: { $size: 2 } }, [1]],
    ['$all', { to: { $all: ['cid', 'bob'] } }, [1]],
    ['$elemMatch on one element', { parts: { $elemMatch: { name: 'a', size: 9 } } }, []],
    ['the same without, on any', { 'parts.name': 'a', 'parts.size': 9 }, [4]],
    ['$elemMatch on values', { to: { $elemMatch: { $gt: 'bob', $lt: 'd' } } }, [1]],
    ['$mod', { size: { $mod: [20, 10] } }, [1, 3]],
    ['$type by name', { size: { $type: 'string' } }, [4]],
    ['$expr', { $expr: { $gt: ['$size', 10] } }, [2, 3, 4]],
    [
      '$expr where a missing field is less than a date',
      { $expr: { $lt: ['$lease.until', day(1)] } },
      [1, 3, 4],
    ],
    ['$expr where a missing field is not null', { $expr: { $eq: ['$lease', null] } }, [1]],
  ]

  it.each(cases)(
    'knows %s',
    conforming(async (_name, filter, expected) => {
      expect(await idsOf(filter)).toEqual(expected)
    }),
  )

  it.each(cases)(
    'finds the same by an index: %s',
    conforming(async (_name, filter, expected) => {
      const mails = await collection(MAILS)
      for (const path of [
        'from',
        'to',
        'lease',
        'lease.until',
        'parts.size',
        'at',
        'size',
        'subject',
      ])
        await mails.createIndex({ [path]: -1 })
      const found = await mails.find(filter).sort({ _id: 1 }).toArray()
      expect(found.map((doc) => doc._id)).toEqual(expected)
    }),
  )

  it('compares ids, bytes and 64-bit integers by value', async () => {
    const id = new ObjectId()
    const bytes = new Binary(Buffer.from([0xff, 0xfe, 1]))
    const long = Long.fromString('9007199254740993')
    const docs = [
      { _id: id },
      { _id: 2, hash: bytes },
      { _id: 3, big: long },
      { _id: 4, hash: new Binary(Buffer.from([0xff, 0xfd, 1])) },
    ]
    expect(await idsOf({ _id: new ObjectId(id.toHexString()) }, docs)).toEqual([id])
    expect(await idsOf({ hash: new Binary(Buffer.from([0xff, 0xfe, 1])) }, docs)).toEqual([2])
    expect(await idsOf({ big: long }, docs)).toEqual([3])
    expect(await idsOf({ big: Long.fromString('9007199254740992') }, docs)).toEqual([])
    expect(await idsOf({ big: { $gt: 1 } }, docs)).toEqual([3])
  })

  it('refuses an operator that does not exist with 2', async () => {
    const mails = await collection(MAILS)
    expect(await errorOf(mails.find({ size: { $bigger: 1 } }).toArray())).toMatchObject({ code: 2 })
  })
})

describe('a sort', () => {
  it(
    'orders strings by bytes, not by language',
    conforming(async () => {
      const mails = await collection(
        ['b', 'A', 'a', 'Z', 'ä', '\uffee', '\u{1f600}'].map((name) => ({ name })),
      )
      const names = await mails
        .find()
        .sort({ name: 1 })
        .map((doc) => doc.name as string)
        .toArray()
      expect(names).toEqual(['A', 'Z', 'a', 'b', 'ä', '\uffee', '\u{1f600}'])
    }),
  )

  it('orders types as MongoDB does: null, numbers, strings, objects, bytes, ids, booleans, dates', async () => {
    const values = [
      null,
      -1.5,
      2,
      'x',
      { a: 1 },
      new Binary(Buffer.from('b')),
      new ObjectId(),
      false,
      true,
      day(1),
    ]
    const mails = await collection(values.map((value, _id) => ({ _id, value })).reverse())
    const ids = await mails
      .find()
      .sort({ value: 1 })
      .map((doc) => doc._id as unknown as number)
      .toArray()
    expect(ids).toEqual(values.map((_value, at) => at))
  })

  it('pages through a mailbox, newest first, by date and id', async () => {
    const mails = await collection(
      Array.from({ length: 50 }, (_, n) => ({ _id: n, mailbox: n % 2, at: day(1 + (n % 7)) })),
    )
    await mails.createIndex({ mailbox: 1, at: -1, _id: -1 })
    const all = await mails.find({ mailbox: 1 }).sort({ at: -1, _id: -1 }).toArray()
    const paged: Document[] = []
    for (let last: Document | undefined; ; last = paged.at(-1)) {
      const older = last && {
        $or: [
          { at: { $lt: last.at as Date } },
          { at: last.at as Date, _id: { $lt: last._id as never } },
        ],
      }
      const page = await mails
        .find({ mailbox: 1, ...older })
        .sort({ at: -1, _id: -1 })
        .limit(4)
        .toArray()
      if (page.length === 0) break
      paged.push(...page)
    }
    expect(paged).toEqual(all)
    expect(all).toHaveLength(25)
    const keys = all.map(({ at, _id }) => (at as Date).getTime() * 100 + Number(_id))
    expect(keys).toEqual([...keys].sort((a, b) => b - a))
  })
})

describe('a projection', () => {
  const doc = { _id: 1, a: 1, b: { c: 2, d: 3 }, list: [{ e: 4, f: 5 }, { e: 6 }] }
  const cases: [Document, Document][] = [
    [{ a: 1 }, { _id: 1, a: 1 }],
    [{ a: 1, _id: 0 }, { a: 1 }],
    [{ a: 0 }, { _id: 1, b: doc.b, list: doc.list }],
    [
      { 'b.c': 1, 'list.e': 1 },
      { _id: 1, b: { c: 2 }, list: [{ e: 4 }, { e: 6 }] },
    ],
    [
      { 'b.c': 0, 'list.e': 0 },
      { _id: 1, a: 1, b: { d: 3 }, list: [{ f: 5 }, {}] },
    ],
    [{ _id: 0 }, { a: 1, b: doc.b, list: doc.list }],
  ]
  it.each(cases)('%j', async (projection, expected) => {
    const mails = await collection([doc])
    expect(await mails.find({}, { projection }).toArray()).toEqual([expected])
  })

  it('refuses to include and exclude at once', async () => {
    const mails = await collection([doc])
    const error = await errorOf(mails.find({}, { projection: { a: 1, b: 0 } }).toArray())
    expect([31253, 31254]).toContain(error.code)
  })
})

describe('a cursor', () => {
  it('gives everything once, in batches', async () => {
    const mails = await collection(Array.from({ length: 1_000 }, (_, _id) => ({ _id })))
    const ids = await mails
      .find()
      .sort({ _id: 1 })
      .batchSize(7)
      .map((doc) => Number(doc._id))
      .toArray()
    expect(ids).toEqual(Array.from({ length: 1_000 }, (_, n) => n))
  })

  it('skips, limits, and counts', async () => {
    const mails = await collection(Array.from({ length: 20 }, (_, _id) => ({ _id })))
    const found = await mails.find().sort({ _id: -1 }).skip(5).limit(3).toArray()
    expect(found.map((doc) => doc._id)).toEqual([14, 13, 12])
    expect(await mails.countDocuments({ _id: { $gte: 15 as never } })).toBe(5)
    expect(await mails.estimatedDocumentCount()).toBe(20)
  })

  it('is unknown after it was closed: 43', async () => {
    const mails = await collection(Array.from({ length: 20 }, (_, _id) => ({ _id })))
    const cursor = mails.find().batchSize(5)
    await cursor.next()
    const id = cursor.id
    await cursor.close()
    const error = await errorOf(
      contract.db.command({ getMore: id, collection: mails.collectionName }),
    )
    expect(error.code).toBe(43)
  })

  it('tells distinct values, elements one by one', async () => {
    const mails = await collection(MAILS)
    expect(await mails.distinct('to')).toEqual(['ann', 'bob', 'cid'])
    expect(await mails.distinct('from', { size: { $gte: 20 } })).toEqual([
      'ann@example.com',
      'bob@example.com',
    ])
  })
})
