import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Collection, MongoClient } from 'mongodb'
import { DatabaseServer } from '../../../sandbox/database/server.ts'
import { Random } from '../../../sandbox/random.ts'
import { FailingDisk, type Trouble } from './failing-disk.ts'

/** B3. */
const OUTAGES = 50
const TROUBLES: Trouble[] = ['ENOSPC', 'EIO']
const JOURNAL = 'journal.bson'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'flowcrm-disk-'))))
afterAll(() => rm(folder, { recursive: true }))

const idsIn = (mails: Collection) => mails.distinct('_id')

/** What a server finds that is started on this journal as it is now. */
async function afterRestart(copy: string, of = folder): Promise<Set<unknown>> {
  const other = join(folder, copy)
  await mkdir(other)
  await copyFile(join(of, JOURNAL), join(other, JOURNAL))
  await using server = await DatabaseServer.start({ dataFolder: other })
  const client = await MongoClient.connect(server.url)
  const ids = new Set(await idsIn(client.db().collection('mails')))
  await client.close()
  return ids
}

describe(`a disk that is full or broken ${OUTAGES} times`, () => {
  it('has every write that was acknowledged, each time it is restarted; and takes the next as soon as it can', async () => {
    const random = new Random(3)
    const failing = new FailingDisk()
    await using server = await DatabaseServer.start({ dataFolder: folder, disk: failing.disk })
    const client = await MongoClient.connect(server.url)
    const mails = client.db().collection('mails')
    const acknowledged: number[] = []
    let tried = 0
    const write = async () => {
      const id = tried++
      await mails.insertOne({ _id: id as never, text: 'x'.repeat(random.between(0, 2_000)) })
      acknowledged.push(id)
    }
    const writeTogether = (count: number) =>
      Promise.allSettled(Array.from({ length: count }, write))

    for (let outage = 0; outage < OUTAGES; outage++) {
      failing.fail(random.pick(TROUBLES), random.between(0, 6))
      for (let rounds = random.between(1, 4); rounds > 0; rounds--)
        await writeTogether(random.between(1, 5))
      while (!failing.hasFailed) await writeTogether(1)
      await expect(write()).rejects.toMatchObject({ code: 14031 })
      if (outage % 5 === 0) {
        const kept = await afterRestart(`outage-${outage}`)
        expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
        expect([...kept].every((id) => Number(id) < tried)).toBe(true)
      }
      failing.recover()
      await write()
    }
    expect(acknowledged.length).toBeGreaterThan(OUTAGES)
    expect(acknowledged.length).toBeLessThan(tried)
    const kept = await afterRestart('end')
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    // What was refused may be there all the same, and then it is there for good.
    expect(new Set(await idsIn(mails))).toEqual(kept)
    await client.close()
  })

  it('shows to a majority read only what it has, and to a plain one more', async () => {
    const failing = new FailingDisk()
    const dataFolder = join(folder, 'majority')
    await using server = await DatabaseServer.start({ dataFolder, disk: failing.disk })
    const client = await MongoClient.connect(server.url)
    const mails = client.db().collection('mails')
    const lasting = () => mails.find({}, { readConcern: 'majority' }).toArray()
    await mails.insertOne({ _id: 0 as never })
    expect(await lasting()).toHaveLength(1)
    failing.fail('EIO')
    await expect(mails.insertOne({ _id: 1 as never })).rejects.toThrow()
    expect(await idsIn(mails)).toEqual([0, 1])
    await expect(lasting()).rejects.toMatchObject({ code: 14031 })
    failing.recover()
    expect(await lasting()).toHaveLength(2)
    expect(await afterRestart('majority-copy', dataFolder)).toEqual(new Set([0, 1]))
    await client.close()
  })

  it('changes nothing more while it fails, so that a long outage fills no memory', async () => {
    const failing = new FailingDisk()
    const dataFolder = join(folder, 'long')
    await using server = await DatabaseServer.start({ dataFolder, disk: failing.disk })
    const client = await MongoClient.connect(server.url)
    const mails = client.db().collection('mails')
    await mails.insertOne({ _id: 0 as never })
    failing.fail('ENOSPC')
    for (let n = 1; n <= 20; n++)
      await expect(mails.insertOne({ _id: n as never })).rejects.toThrow()
    expect(await idsIn(mails)).toEqual([0, 1]) // reading goes on
    failing.recover()
    await mails.insertOne({ _id: 21 as never })
    expect(await idsIn(mails)).toEqual([0, 1, 21])
    await client.close()
  })
})
