import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import type { Browserless } from '../../sandbox/browserless.ts'
import { lineOf, startProcess, stopProcess } from '../../sandbox/processes.ts'
import { startTestDatabase, type TestDatabase } from '../support/database.ts'
import { kill, KillableWorld, startSlowBackfill } from '../support/killable-world.ts'
import { bundled } from '../support/programs.ts'
import { emailsOf, eventually, mailboxOf } from '../support/world.ts'
import { freePort } from '../../sandbox/world.ts'

const MAILS = 300

async function startBackfill(world: KillableWorld): Promise<Browserless> {
  const browser = await startSlowBackfill(world, MAILS)
  expect((await emailsOf(browser)).total).toBeLessThan(MAILS) // else nothing was interrupted
  return browser
}

/** Every mail once, each accounted for, the light green by proof. */
async function expectComplete(world: KillableWorld, browser: Browserless, mongodbUrl: string) {
  world.microsoft.graph.desk.slowDown(0)
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'green',
  )
  const client = await MongoClient.connect(mongodbUrl)
  const db = client.db()
  const identities = await db.collection('emails').distinct('identity')
  expect(identities).toHaveLength(MAILS)
  expect(await db.collection('emails').countDocuments()).toBe(MAILS)
  expect(await db.collection('ledgerEntries').countDocuments({ state: 'stored' })).toBe(MAILS)
  expect(await db.collection('emails').countDocuments({ 'sightings.1': { $exists: true } })).toBe(0)
  await client.close()
}

describe('a service killed in the middle of a backfill', () => {
  let database: TestDatabase
  let world: KillableWorld
  beforeEach(async () => {
    database = await startTestDatabase()
    world = await KillableWorld.start(database.url)
  })
  afterEach(async () => {
    await world[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  it('goes on where it stopped: every mail is there, and none twice', async () => {
    const browser = await startBackfill(world)
    await world.killService()
    await world.startServiceAgain()
    await expectComplete(world, browser, database.url)
  })
})

describe('a service and its store killed together in the middle of a backfill', () => {
  let folder: string
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'flowcrm-journal-'))))
  afterEach(() => rm(folder, { recursive: true }))

  it('lose nothing that was written: every mail is there, and none twice', async () => {
    const port = String(await freePort())
    const program = await bundled('sandbox/database/main.ts')
    const startStore = async () => {
      const store = startProcess(program, {
        args: ['--port', port, '--data', folder],
      })
      const [, url = ''] = await lineOf(store, /ready (\S+)/)
      return { store, url }
    }
    const before = await startStore()
    const world = await KillableWorld.start(before.url)
    const browser = await startBackfill(world)

    await Promise.all([world.killService(), kill(before.store)])
    const after = await startStore()
    await world.startServiceAgain()
    await expectComplete(world, browser, after.url)

    await world[Symbol.asyncDispose]()
    await stopProcess(after.store)
  })
})
