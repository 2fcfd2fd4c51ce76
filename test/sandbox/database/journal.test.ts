import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Collection, type Document, MongoClient } from 'mongodb'
import { DatabaseServer } from '../../../sandbox/database/server.ts'

let folder: string
let journalFile: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowcrm-journal-'))
  journalFile = join(folder, 'journal.bson')
})
afterEach(() => rm(folder, { recursive: true }))

/** Opens the journal again, as after a restart. */
async function withServer<T>(
  use: (mails: Collection, server: DatabaseServer) => Promise<T>,
): Promise<T> {
  await using server = await DatabaseServer.start({ dataFolder: folder })
  const client = await MongoClient.connect(server.url)
  try {
    return await use(client.db().collection('mails'), server)
  } finally {
    await client.close()
  }
}

const all = (mails: Collection): Promise<Document[]> => mails.find().sort({ _id: 1 }).toArray()

/** The process of its own that the sandbox starts. */
async function startProcess(): Promise<{ child: ChildProcess; url: string; firstLine: string }> {
  const main = join(process.cwd(), 'sandbox/database/main.ts')
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, '--port', '0', '--data', folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (line.startsWith('ready ')) break
  }
  return { child, url: lines.at(-1)!.slice('ready '.length), firstLine: lines[0]! }
}

describe('with a data folder', () => {
  it('everything is there again after a restart: documents, changes, indexes, drops', async () => {
    await withServer(async (mails) => {
      await mails.createIndex({ key: 1 }, { unique: true })
      await mails.createIndex({ gone: 1 })
      await mails.dropIndex('gone_1')
      await mails.insertMany(
        [1, 2, 3].map((n) => ({ _id: n as never, key: `k${n}`, at: new Date(n) })),
      )
      await mails.updateOne({ key: 'k1' }, { $set: { read: true } })
      await mails.deleteOne({ key: 'k2' })
    })
    await withServer(async (mails) => {
      expect(await all(mails)).toEqual([
        { _id: 1, key: 'k1', at: new Date(1), read: true },
        { _id: 3, key: 'k3', at: new Date(3) },
      ])
      expect((await mails.indexes()).map(({ name }) => name)).toEqual(['_id_', 'key_1'])
      await expect(mails.insertOne({ key: 'k3' })).rejects.toMatchObject({ code: 11000 })
      await mails.drop()
    })
    await withServer(async (mails) => expect(await mails.countDocuments()).toBe(0))
  })

  it('no acknowledged write is lost when the process is killed', async () => {
    const { child, url, firstLine } = await startProcess()
    expect(firstLine).toContain('for trying and testing only')
    const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 2_000 })
    const mails = client.db().collection('mails')
    const acknowledged: number[] = []
    const writers = Array.from({ length: 10 }, async (_, writer) => {
      for (let n = writer; ; n += 10) {
        await mails.insertOne({ _id: n as never })
        if (acknowledged.push(n) === 300) child.kill('SIGKILL')
      }
    })
    const ends = Promise.allSettled(writers)
    await once(child, 'exit')
    await client.close()
    await ends
    const kept = new Set<unknown>(await withServer((stored) => stored.distinct('_id')))
    expect(acknowledged.length).toBeGreaterThanOrEqual(300)
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([])
  })

  it('a record torn by a crash is dropped, what is before it stays, and writing goes on', async () => {
    await withServer((mails) => mails.insertMany([{ _id: 1 as never }, { _id: 2 as never }]))
    const bytes = await readFile(journalFile)
    for (const torn of [bytes.subarray(0, -3), Buffer.concat([bytes, Buffer.alloc(20)])]) {
      await writeFile(journalFile, torn)
      await withServer(async (mails, server) => {
        expect(server.tornBytes).toBeGreaterThan(0)
        expect((await all(mails))[0]).toEqual({ _id: 1 })
        await mails.insertOne({ _id: 3 as never })
      })
      await withServer(async (mails, server) => {
        expect(server.tornBytes).toBe(0)
        expect((await all(mails)).at(-1)).toEqual({ _id: 3 })
      })
    }
  })

  it('bytes that are not ours are dropped as torn', async () => {
    await appendFile(journalFile, 'not a journal')
    await withServer(async (_mails, server) => expect(server.tornBytes).toBe(13))
  })

  it('the journal is written anew at a start when most of it is outdated', async () => {
    await withServer(async (mails) => {
      await mails.insertOne({ _id: 1 as never, n: 0 })
      await mails.createIndex({ n: 1 })
      const increment = { updateOne: { filter: { _id: 1 as never }, update: { $inc: { n: 1 } } } }
      await mails.bulkWrite(Array.from({ length: 10_100 }, () => increment))
    })
    const before = (await stat(journalFile)).size
    await withServer(async (mails) => expect(await all(mails)).toEqual([{ _id: 1, n: 10_100 }]))
    expect((await stat(journalFile)).size).toBeLessThan(before / 100)
    await withServer(async (mails) => {
      expect(await all(mails)).toEqual([{ _id: 1, n: 10_100 }])
      expect(await mails.indexes()).toHaveLength(2)
    })
  })
})

describe('without a data folder', () => {
  it('nothing outlives the server', async () => {
    const countThenInsert = async (): Promise<number> => {
      await using server = await DatabaseServer.start()
      const client = await MongoClient.connect(server.url)
      const mails = client.db().collection('mails')
      const before = await mails.countDocuments()
      await mails.insertOne({})
      await client.close()
      return before
    }
    expect([await countThenInsert(), await countThenInsert()]).toEqual([0, 0])
  })
})
