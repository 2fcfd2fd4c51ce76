import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Collection, type Document, MongoClient } from 'mongodb'
import { DatabaseServer } from '../../../sandbox/database/server.ts'

const MAILS = 40_000
const MAILBOXES = 4
const at = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * 1_000)

let server: DatabaseServer
let client: MongoClient
let mails: Collection<Document>
beforeAll(async () => {
  server = await DatabaseServer.start()
  client = await MongoClient.connect(server.url)
  mails = client.db().collection('mails')
  await mails.createIndex({ mailbox: 1, at: -1, _id: -1 })
  await mails.createIndex({ key: 1 }, { unique: true })
  await mails.createIndex({ dueAt: 1 })
  await mails.createIndex({ to: 1 })
  for (let n = 0; n < MAILS; n++) server.store.insert(mails.namespace, mail(n))
}, 300_000)
afterAll(async () => {
  await client.close()
  await server[Symbol.asyncDispose]()
})

const mail = (n: number): Document => ({
  _id: n,
  mailbox: n % MAILBOXES,
  at: at(n),
  key: `message-${n}`,
  dueAt: at(n),
  to: [`to-${n % 1_000}`, `to-${n % 997}`],
})

/** How many documents the server looked at for this question. */
async function examined(question: () => Promise<unknown>): Promise<number> {
  const before = server.store.work.documentsExamined
  await question()
  return server.store.work.documentsExamined - before
}

describe('among 40,000 mails', () => {
  const newestFirst = { at: -1, _id: -1 } as const
  const middle = 20_001
  const older = {
    $or: [{ at: { $lt: at(middle) } }, { at: at(middle), _id: { $lt: middle as never } }],
  }
  const cases: [string, () => Promise<unknown>, number][] = [
    ['one by id', () => mails.findOne({ _id: middle as never }), 1],
    ['one by a unique key', () => mails.findOne({ key: 'message-777' }), 1],
    [
      'some by $in',
      () => mails.find({ key: { $in: ['message-1', 'message-2', 'none'] } }).toArray(),
      2,
    ],
    ['by an element of a list', () => mails.find({ to: 'to-998' }).toArray(), 40],
    [
      'a page of a mailbox',
      () => mails.find({ mailbox: 1 }).sort(newestFirst).limit(50).toArray(),
      50,
    ],
    [
      'a page from the middle',
      () =>
        mails
          .find({ mailbox: middle % MAILBOXES, ...older })
          .sort(newestFirst)
          .limit(50)
          .toArray(),
      51,
    ],
    [
      'an hour of a mailbox',
      () => mails.find({ mailbox: 0, at: { $gte: at(10_000), $lt: at(13_600) } }).toArray(),
      900,
    ],
    [
      'the work that is due, first come first',
      () =>
        mails.findOneAndUpdate(
          { dueAt: { $lte: at(9) } },
          { $set: { dueAt: at(MAILS) } },
          { sort: { dueAt: 1 } },
        ),
      1,
    ],
    ['no work that is due', () => mails.findOne({ dueAt: { $lt: at(0) } }), 0],
    ['an update by key', () => mails.updateOne({ key: 'message-5' }, { $set: { read: true } }), 1],
    [
      'a count of a mailbox part',
      () => mails.countDocuments({ mailbox: 2, at: { $lt: at(4_000) } }),
      1_000,
    ],
  ]
  it.each(cases)('%s is found without a walk', async (_name, question, most) => {
    expect(await examined(question)).toBeLessThanOrEqual(most)
  })

  it('a question that no index answers walks through all of them', async () => {
    expect(await examined(() => mails.findOne({ nowhere: 1 }))).toBe(MAILS)
  })

  it('an index made later is used at once', async () => {
    await mails.updateOne({ _id: 9 as never }, { $set: { flag: 'late' } })
    await mails.createIndex({ flag: 1 })
    expect(await examined(() => mails.findOne({ flag: 'late' }))).toBe(1)
  })
})
