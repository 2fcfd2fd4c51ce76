import { describe, expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { useDatabase } from './connect.ts'

const WRITERS = 50
const { collection } = useDatabase({ maxPoolSize: 10 })

/** Runs the writers at once and gives what each got: a result, or the code of its error. */
async function race<T>(write: (writer: number) => Promise<T>): Promise<(T | number)[]> {
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    write(writer).catch((error: { code: number }) => error.code),
  )
  return Promise.all(writers)
}

describe('fifty at once', () => {
  it('insert one key: one is in, forty-nine read 11000', async () => {
    const mails = await collection()
    await mails.createIndex({ box: 1, key: 1 }, { unique: true })
    const results = await race((writer) => mails.insertOne({ box: 'a', key: 'k', writer }))
    expect(results.filter((result) => result === 11000)).toHaveLength(WRITERS - 1)
    expect(await mails.countDocuments({ key: 'k' })).toBe(1)
  })

  it('insert one new _id: one is in', async () => {
    const mails = await collection()
    const results = await race((writer) => mails.insertOne({ _id: 'one' as never, writer }))
    expect(results.filter((result) => result === 11000)).toHaveLength(WRITERS - 1)
  })

  it('compare and set: one wins each round', async () => {
    const mails = await collection([{ _id: 1, version: 0 }])
    for (let version = 0; version < 5; version++) {
      const results = await race((writer) =>
        mails.updateOne({ _id: 1 as never, version }, { $set: { writer }, $inc: { version: 1 } }),
      )
      const wins = results.filter((result) => (result as Document).modifiedCount === 1)
      expect(wins).toHaveLength(1)
    }
    expect(await mails.findOne({})).toMatchObject({ version: 5 })
  })

  it('increment one document: none is lost', async () => {
    const mails = await collection([{ _id: 1, n: 0 }])
    await race(() => mails.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }))
    expect(await mails.findOne({})).toEqual({ _id: 1, n: WRITERS })
  })

  it('take over a lease that has run out: one has it, with the next token', async () => {
    const now = new Date()
    const lease = { owner: 'gone', token: 7, until: new Date(now.getTime() - 1) }
    const folders = await collection([{ _id: 'folder', dueAt: now, lease }])
    await folders.createIndex({ dueAt: 1 })
    const results = await race((writer) =>
      folders.findOneAndUpdate(
        { dueAt: { $lte: now }, 'lease.until': { $lt: now } },
        {
          $inc: { 'lease.token': 1 },
          $set: {
            'lease.owner': `worker ${writer}`,
            'lease.until': new Date(now.getTime() + 60_000),
          },
        },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      ),
    )
    const taken = results.filter((result) => result !== null) as unknown as Document[]
    expect(taken).toHaveLength(1)
    expect(taken[0]).toMatchObject({ lease: { token: 8 } })
    const stored = await folders.findOne({})
    expect(stored?.lease).toEqual(taken[0]?.lease)
  })

  it('claim fifty folders: each is claimed once', async () => {
    const folders = await collection(
      Array.from({ length: WRITERS }, (_, _id) => ({ _id, dueAt: new Date(_id) })),
    )
    await folders.createIndex({ dueAt: 1 })
    const results = await race(() =>
      folders.findOneAndUpdate(
        { dueAt: { $lte: new Date(1_000) } },
        { $set: { dueAt: new Date(1e15) } },
        { sort: { dueAt: 1 } },
      ),
    )
    expect(new Set(results.map((result) => (result as Document)._id as unknown)).size).toBe(WRITERS)
  })
})
