import { expect, it } from '@jest/globals'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderModel } from '../../../models/folder.ts'
import { DatabaseServer } from '../../../sandbox/database/server.ts'
import { Random } from '../../../sandbox/random.ts'
import { SECOND } from '../../../webhook/duration.ts'
import { FailingDisk } from '../../sandbox/database/failing-disk.ts'
import { anItem, aReceiver, listening } from './a-receiver.ts'
import { openTestDatabase } from '../../support/database.ts'
import { OwnTime } from '../../support/own-time.ts'

/** B3. */
const OUTAGES = 50

/** How often each folder has rung, on a database that is started on this journal. */
async function bellsIn(dataFolder: string): Promise<Map<string, number>> {
  await using server = await DatabaseServer.start({ dataFolder })
  const db = await openTestDatabase(server.url)
  const folders = await folderModel(db).find().lean()
  await db.close()
  return new Map(folders.map(({ _id, dirtySeq }) => [_id, dirtySeq - 1]))
}

it(`when the database's disk is full or broken ${OUTAGES} times, Graph is asked to come again within a second, nothing that was acknowledged is lost, and the next notification is taken as soon as there is space`, async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'flowcrm-disk-'))
  const random = new Random(7)
  const failing = new FailingDisk()
  const server = await DatabaseServer.start({ dataFolder, disk: failing.disk })
  const acknowledged = new Map<string, number>()
  {
    await using box = await aReceiver({
      ...{ url: server.url, name: 'flowcrm' },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    })
    await using service = await listening(box)
    using time = new OwnTime()
    const ring = async (folder: string) => {
      const started = time.now()
      const response = await fetch(`${service.url}/notifications`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ value: [anItem({ subscriptionId: folder })] }),
      })
      expect(time.now() - started).toBeLessThan(SECOND)
      if (response.status === 202) return 202
      expect(response.headers.get('Retry-After')).toMatch(/^\d+$/)
      return response.status
    }
    for (let outage = 0; outage < OUTAGES; outage++) {
      const folder = `Folder ${outage}`
      const folderId = await box.aSubscribedFolder(folder)
      const statuses: number[] = []
      failing.fail(random.pick(['ENOSPC', 'EIO']), random.between(0, 5))
      while (!statuses.includes(503) && statuses.length < 10) statuses.push(await ring(folder))
      for (let more = random.between(0, 2); more > 0; more--) statuses.push(await ring(folder))
      failing.recover()
      expect(statuses.at(-1)).toBe(503)
      expect(statuses.filter((status) => ![202, 503].includes(status))).toEqual([])
      statuses.push(await ring(folder))
      expect(statuses.at(-1)).toBe(202)
      acknowledged.set(folderId, statuses.filter((status) => status === 202).length)
    }
    const copy = join(dataFolder, 'copy') // as after kill -9
    await mkdir(copy)
    await copyFile(join(dataFolder, 'journal.bson'), join(copy, 'journal.bson'))
  }
  for (const after of [dataFolder, join(dataFolder, 'copy')]) {
    const bells = await bellsIn(after)
    expect([...acknowledged].filter(([id, count]) => (bells.get(id) ?? 0) < count)).toEqual([])
  }
  await rm(dataFolder, { recursive: true })
})
