import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { type Collection, type Db, type Document, Decimal128, MongoClient } from 'mongodb'
import { DatabaseServer, NotLoopbackError } from '../../../sandbox/database/server.ts'

let server: DatabaseServer
let client: MongoClient
let db: Db
let mails: Collection<Document>
beforeAll(async () => {
  server = await DatabaseServer.start()
  client = await MongoClient.connect(server.url)
  db = client.db()
  mails = db.collection('mails')
  await mails.insertMany([
    { _id: 1 as never, n: 1, list: [1] },
    { _id: 2 as never, price: Decimal128.fromString('1.5') },
  ])
})
afterAll(async () => {
  await client.close()
  await server[Symbol.asyncDispose]()
})

const NOT_IMPLEMENTED = 238

describe('what is lacking is refused, never done half', () => {
  const one = (update: Document): Promise<unknown> => mails.updateOne({ _id: 1 as never }, update)
  const pipeline = (...stages: Document[]): Promise<unknown> => mails.aggregate(stages).toArray()
  const found = (filter: Document, options = {}): Promise<unknown> =>
    mails.find(filter, options).toArray()

  const cases: [string, () => Promise<unknown>, number][] = [
    [
      'a transaction',
      () => db.command({ find: 'mails', txnNumber: 1, startTransaction: true }),
      20,
    ],
    ['a change stream', () => pipeline({ $changeStream: {} }), 40573],
    ['collation', () => found({}, { collation: { locale: 'de' } }), NOT_IMPLEMENTED],
    ['$where', () => found({ $where: 'true' }), NOT_IMPLEMENTED],
    ['$text', () => found({ $text: { $search: 'x' } }), NOT_IMPLEMENTED],
    ['$jsonSchema', () => found({ $jsonSchema: {} }), NOT_IMPLEMENTED],
    [
      '$function',
      () => found({ $expr: { $function: { body: 'x', args: [], lang: 'js' } } }),
      NOT_IMPLEMENTED,
    ],
    ['$near', () => found({ at: { $near: [1, 2] } }), NOT_IMPLEMENTED],
    ['a tailable cursor', () => found({}, { tailable: true }), NOT_IMPLEMENTED],
    [
      'a regular expression that JavaScript reads otherwise',
      () => found({ s: { $regex: 'a', $options: 'x' } }),
      NOT_IMPLEMENTED,
    ],
    ['comparing a decimal', () => found({ price: { $gt: 1 } }), NOT_IMPLEMENTED],
    [
      'a positional projection',
      () => found({ list: 1 }, { projection: { 'list.$': 1 } }),
      NOT_IMPLEMENTED,
    ],
    ['a positional update', () => one({ $set: { 'list.$': 1 } }), NOT_IMPLEMENTED],
    ['$rename', () => one({ $rename: { n: 'm' } }), NOT_IMPLEMENTED],
    ['$bit', () => one({ $bit: { n: { and: 1 } } }), NOT_IMPLEMENTED],
    ['a timestamp', () => one({ $currentDate: { n: { $type: 'timestamp' } } }), NOT_IMPLEMENTED],
    ['$lookup', () => pipeline({ $lookup: { from: 'mails', as: 'x' } }), NOT_IMPLEMENTED],
    ['$out', () => pipeline({ $out: 'other' }), NOT_IMPLEMENTED],
    [
      'an expression that is not pinned',
      () => pipeline({ $project: { x: { $sin: '$n' } } }),
      NOT_IMPLEMENTED,
    ],
    [
      'an accumulator that is not pinned',
      () => pipeline({ $group: { _id: 1, x: { $stdDevPop: '$n' } } }),
      NOT_IMPLEMENTED,
    ],
    ['a TTL index', () => mails.createIndex({ at: 1 }, { expireAfterSeconds: 1 }), NOT_IMPLEMENTED],
    ['a sparse index', () => mails.createIndex({ at: 1 }, { sparse: true }), NOT_IMPLEMENTED],
    [
      'a partial index',
      () => mails.createIndex({ at: 1 }, { partialFilterExpression: { n: 1 } }),
      NOT_IMPLEMENTED,
    ],
    ['a text index', () => mails.createIndex({ at: 'text' }), NOT_IMPLEMENTED],
    ['a geo index', () => mails.createIndex({ at: '2dsphere' }), NOT_IMPLEMENTED],
    ['a wildcard index', () => mails.createIndex({ '$**': 1 }), NOT_IMPLEMENTED],
    [
      'a capped collection',
      () => db.createCollection('log', { capped: true, size: 100 }),
      NOT_IMPLEMENTED,
    ],
    ['a view', () => db.createCollection('view', { viewOn: 'mails' }), NOT_IMPLEMENTED],
    ['a validator', () => db.createCollection('v', { validator: {} }), NOT_IMPLEMENTED],
    ['collMod', () => db.command({ collMod: 'mails' }), NOT_IMPLEMENTED],
    ['explain', () => mails.find().explain(), NOT_IMPLEMENTED],
    ['a command nobody knows', () => db.command({ makeCoffee: 1 }), 59],
    ['an option nobody knows', () => db.command({ find: 'mails', sugar: 2 }), 40415],
    ['a document beyond 16 MB', () => mails.insertOne({ text: 'x'.repeat(17_000_000) }), 10334],
    ['more copies than one server has', () => mails.insertOne({}, { writeConcern: { w: 3 } }), 2],
  ]

  it.each(cases)('%s', async (_name, attempt, code) => {
    const error = await attempt().then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code })
    expect(await mails.countDocuments()).toBe(2)
  })

  it('and is listed in the README', () => {
    const readme = readFileSync('sandbox/database/README.md', 'utf8')
    for (const word of [
      'transactions',
      'change streams',
      'collation',
      '`$where`',
      '`$function`',
      '`$lookup`',
      'TTL',
      'partial',
      'sparse',
      'text',
      'geo',
      'capped',
      'explain',
      'Decimal128',
      'positional',
    ])
      expect(readme).toContain(word)
  })
})

describe('the server', () => {
  it.each(['0.0.0.0', '::', '192.168.1.10', 'example.com'])(
    'does not listen on %s',
    async (host) => {
      await expect(DatabaseServer.start({ host })).rejects.toBeInstanceOf(NotLoopbackError)
    },
  )

  it('hangs up on who speaks another protocol, and goes on for the others', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.end('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'close')
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 })
  })

  it('presents itself as a standalone, so that drivers ask for no retryable writes', async () => {
    const hello = await db.admin().command({ hello: 1 })
    expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 13 })
    expect(hello).not.toHaveProperty('setName')
  })
})
