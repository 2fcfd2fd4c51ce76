import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { mongo } from 'mongoose'
import { emailModel } from '../../../models/email.ts'
import { createOnce, insertNew, positionsThereAlready } from '../../../webhook/store/duplicate.ts'
import { sealEmail } from '../../../webhook/store/sealed-email.ts'
import { anEmail } from '../../support/builders.ts'
import { someKeys } from '../../support/keys.ts'
import { openStores, type OpenStores } from './open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const fails = (error: Error) => () => Promise.reject(error)
const serverError = (code: number) => new mongo.MongoServerError({ message: 'refused', code })

/** The e-mail as a document of its own, under an id that says its name. */
const document = (_id: string, receivedAt = new Date()) => ({
  ...sealEmail(someKeys(), anEmail({ identity: _id, receivedAt })),
  _id,
})
const insert = (...documents: ReturnType<typeof document>[]) =>
  insertNew(emailModel(stores.db), documents)

describe('creating one thing once', () => {
  const create = () => emailModel(stores.db).create(document('one'))

  it('says whether it was created now', async () => {
    expect(await createOnce(create)).toBe(true)
    expect(await createOnce(create)).toBe(false)
  })

  it.each([
    ['a key that is too long', serverError(17_280)],
    ['a write without permission', serverError(13)],
    ['an old duplicate code', serverError(11_001)],
    ['a lost connection', new mongo.MongoNetworkError('gone')],
    ['a bug', new TypeError('x is not a function')],
  ])('does not pass over %s', async (_what, error) => {
    await expect(createOnce(fails(error))).rejects.toBe(error)
    expect(() => positionsThereAlready(error)).toThrow(error)
  })
})

describe('creating many things once', () => {
  it('says which of them were there already', async () => {
    expect(await insert(document('b'), document('d'))).toEqual(new Set())
    const again = ['a', 'b', 'c', 'd'].map((id) => document(id))
    expect(await insert(...again)).toEqual(new Set([1, 3]))
    expect(await emailModel(stores.db).countDocuments()).toBe(4)
  })

  /** As the driver throws it when the write was not made durable. */
  const notDurable = (writeErrors: { code: number; index: number }[]) => {
    const concern = { code: 64, errmsg: 'waiting for replication timed out' }
    const result = { getWriteConcernError: () => concern } as unknown as mongo.BulkWriteResult
    const error = new mongo.MongoBulkWriteError(
      { message: 'refused', code: 64, writeErrors: [] },
      result,
    )
    error.writeErrors = writeErrors as unknown as mongo.WriteError[]
    return error
  }

  it.each([
    ['alone', []],
    ['along with duplicates', [{ code: 11_000, index: 0 }]],
  ])('does not pass over a write that is not durable, %s', async (_how, writeErrors) => {
    const error = notDurable(writeErrors)
    expect(() => positionsThereAlready(error)).toThrow(error)
  })

  it('does not pass over another failure among duplicates', async () => {
    const error = notDurable([
      { code: 11_000, index: 0 },
      { code: 13, index: 1 },
    ])
    error.result = { getWriteConcernError: () => undefined } as unknown as mongo.BulkWriteResult
    expect(() => positionsThereAlready(error)).toThrow(error)
  })
})
