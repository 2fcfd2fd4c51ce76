import { describe, expect, it } from '@jest/globals'
import { Binary, type Document, ObjectId } from 'mongodb'
import { conforming } from '../../peers/known-faults.ts'
import { errorOf, useDatabase } from './connect.ts'

const contract = useDatabase()
const { collection } = contract

/** A collection with one unique index and its first document. */
async function unique(key: Record<string, 1 | -1>, first: Document) {
  const mails = await collection()
  await mails.createIndex(key, { unique: true })
  await mails.insertOne({ ...first })
  return mails
}

describe('a unique index', () => {
  const clashes: [string, Record<string, 1 | -1>, Document, Document][] = [
    ['a value', { a: 1 }, { a: 'x' }, { a: 'x' }],
    ['null and missing', { a: 1 }, { a: null }, { b: 1 }],
    ['each element of a list', { a: 1 }, { a: [1, 2] }, { a: [2, 3] }],
    ['a path in a list', { 'a.k': 1 }, { a: [{ k: 1 }, { k: 2 }] }, { a: [{ k: 2 }] }],
    [
      'bytes',
      { a: 1 },
      { a: new Binary(Buffer.from([200, 1])) },
      { a: new Binary(Buffer.from([200, 1])) },
    ],
    ['a date', { a: -1 }, { a: new Date(5) }, { a: new Date(5) }],
    ['all fields together', { a: 1, b: -1 }, { a: 1, b: 'x' }, { a: 1, b: 'x' }],
    ['one number, written as integer or not', { a: 1 }, { a: 1 }, { a: 1.0 }],
  ]
  it.each(clashes)('refuses twice: %s', async (_name, key, first, second) => {
    const mails = await unique(key, first)
    expect(await errorOf(mails.insertOne({ ...second }))).toMatchObject({ code: 11000 })
    expect(await mails.countDocuments()).toBe(1)
  })

  const fine: [string, Record<string, 1 | -1>, Document, Document][] = [
    ['another value', { a: 1 }, { a: 'x' }, { a: 'X' }],
    ['one of several fields that differs', { a: 1, b: 1 }, { a: 1, b: 1 }, { a: 1, b: 2 }],
    [
      'bytes that are no text',
      { a: 1 },
      { a: new Binary(Buffer.from([200])) },
      { a: new Binary(Buffer.from([201])) },
    ],
    ['a value twice in one list', { a: 1 }, { a: [1, 1] }, { a: [2, 2] }],
    ['the same digits as text', { a: 1 }, { a: 1 }, { a: '1' }],
  ]
  it.each(fine)('allows %s', async (_name, key, first, second) => {
    const mails = await unique(key, first)
    await mails.insertOne({ ...second })
    expect(await mails.countDocuments()).toBe(2)
  })

  it('holds against updates too, and leaves the document as it was', async () => {
    const mails = await unique({ a: 1 }, { _id: 1, a: 'x' })
    await mails.insertOne({ _id: 2 as never, a: 'y', n: 1 })
    const update = { $set: { a: 'x' }, $inc: { n: 1 } }
    expect(await errorOf(mails.updateOne({ _id: 2 as never }, update))).toMatchObject({
      code: 11000,
    })
    expect(await errorOf(mails.findOneAndUpdate({ _id: 2 as never }, update))).toMatchObject({
      code: 11000,
    })
    expect(await mails.findOne({ a: 'y' })).toEqual({ _id: 2, a: 'y', n: 1 })
  })

  it('frees the value of a document that is deleted or changed', async () => {
    const mails = await unique({ a: 1 }, { _id: 1, a: 'x' })
    await mails.updateOne({}, { $set: { a: 'y' } })
    await mails.insertOne({ _id: 2 as never, a: 'x' })
    await mails.deleteOne({ a: 'y' })
    await mails.insertOne({ _id: 3 as never, a: 'y' })
    expect(await mails.distinct('a')).toEqual(['x', 'y'])
  })

  it('cannot be built over doubles', async () => {
    const mails = await collection([{ a: 1 }, { a: 1 }])
    expect(await errorOf(mails.createIndex({ a: 1 }, { unique: true }))).toMatchObject({
      code: 11000,
    })
  })

  it(
    'names itself and the key in the error',
    conforming(async () => {
      const id = new ObjectId('6b015b1027e1c130978f833e')
      const mails = await unique({ box: 1, key: 1 }, { box: 'a"b', key: id })
      const error = await errorOf(mails.insertOne({ box: 'a"b', key: id }))
      expect(error.message).toContain(
        `E11000 duplicate key error collection: ${mails.namespace} index: box_1_key_1 dup key: {`,
      )
      expect(error).toMatchObject({
        keyPattern: { box: 1, key: 1 },
        keyValue: { box: 'a"b', key: id },
      })
    }),
  )
})

describe('the list of indexes', () => {
  it('has _id and what was made, and the same again is no error', async () => {
    const mails = await collection([{ a: 1 }])
    await mails.createIndex({ a: 1, b: -1 })
    await mails.createIndex({ a: 1, b: -1 })
    await mails.createIndex({ c: 1 }, { unique: true, name: 'by_c' })
    const indexes = (await mails.indexes()).sort((a, b) => (a.name! < b.name! ? -1 : 1))
    expect(indexes).toMatchObject([
      { name: '_id_', key: { _id: 1 } },
      { name: 'a_1_b_-1', key: { a: 1, b: -1 } },
      { name: 'by_c', key: { c: 1 }, unique: true },
    ])
    await mails.dropIndex('by_c')
    // The manual names no order.
    const names = (await mails.indexes()).map(({ name }) => name)
    expect(names.sort()).toEqual(['_id_', 'a_1_b_-1'])
  })

  it(
    'of a collection that is not there is error 26',
    conforming(async () => {
      const mails = await collection()
      expect(await errorOf(mails.indexes())).toMatchObject({ code: 26 })
    }),
  )
})

describe('collections', () => {
  it('are made by the first write or on demand, listed and dropped', async () => {
    const name = 'listed'
    await contract.db.createCollection(name)
    expect(await errorOf(contract.db.command({ create: name }))).toMatchObject({ code: 48 })
    await contract.db.collection(`${name}2`).insertOne({})
    const names = async (): Promise<string[]> =>
      (await contract.db.listCollections({}, { nameOnly: true }).toArray())
        .map((each) => each.name)
        .sort()
    expect(await names()).toEqual(expect.arrayContaining(['listed', 'listed2']))
    await contract.db.collection(name).drop()
    expect(await names()).not.toContain('listed')
    const { databases } = await contract.client.db().admin().listDatabases()
    expect(databases.map((each) => each.name)).toContain(contract.db.databaseName)
  })
})
