import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MongoClient } from 'mongodb'
import type { Folder } from '../../models/folder.ts'
import { startTestDatabase, type TestDatabase } from '../support/database.ts'
import { KillableWorld, startSlowBackfill } from '../support/killable-world.ts'
import { eventually } from '../support/world.ts'

const MAILS = 400
/** Three processes start one after the other. */
const PATIENCE_MS = 150_000

let database: TestDatabase
let client: MongoClient
let world: KillableWorld
beforeEach(async () => {
  database = await startTestDatabase()
  client = await MongoClient.connect(database.url)
  world = await KillableWorld.start(database.url)
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  await client.close()
  await database[Symbol.asyncDispose]()
})

const folder = async () => (await client.db().collection<Folder>('folders').findOne({}))!

/** How often each message's account was written. */
async function revisions(): Promise<Map<string, number>> {
  const entries = client.db().collection<{ messageId: string; rev: number }>('ledgerEntries')
  return new Map((await entries.find().toArray()).map(({ messageId, rev }) => [messageId, rev]))
}

describe('a service that stands still beyond its lease in the middle of a pass', () => {
  it(
    'writes nothing stale when it goes on: another has done the work, and it is compared',
    async () => {
      await startSlowBackfill(world, MAILS)
      world.freezeService()
      const frozen = await folder()
      expect(frozen.lease.owner).not.toBeNull() // else it was not in the middle of anything
      expect(frozen.backfill.done).toBeLessThan(MAILS)

      world.microsoft.graph.desk.slowDown(0)
      await world.startAnotherService()
      const done = await eventually(folder, ({ proof }) => proof?.equal === true)
      expect(done.lease.token).toBeGreaterThan(frozen.lease.token)
      const before = await revisions()
      expect(before.size).toBe(MAILS)

      const thawedAt = new Date()
      world.thawService()
      // It finds that it was replaced, and has the ids compared, in case it had written in between.
      const after = await eventually(
        folder,
        ({ proof, dirtySeq, doneSeq }) =>
          proof !== null && proof.at > thawedAt && dirtySeq === doneSeq,
      )
      expect(after.proof).toMatchObject({ equal: true, repaired: 0, lostEmails: 0 })
      expect(after.backfill).toEqual(done.backfill)
      expect(await revisions()).toEqual(before)
      const emails = client.db().collection('emails')
      expect(await emails.countDocuments()).toBe(MAILS)
      expect(await emails.countDocuments({ 'sightings.1': { $exists: true } })).toBe(0)
    },
    PATIENCE_MS,
  )
})
