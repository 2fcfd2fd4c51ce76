import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { startTestDatabase, type TestDatabase } from '../support/database.ts'
import { KillableWorld, startSlowBackfill } from '../support/killable-world.ts'
import { emailsOf, eventually } from '../support/world.ts'

const MAILS = 500

let database: TestDatabase
let world: KillableWorld
beforeEach(async () => {
  database = await startTestDatabase()
  // A lease far longer than the test: who comes next must not have to wait for it.
  world = await KillableWorld.start(database.url, { SYNC_LEASE_SECONDS: '600' })
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

it('a service told to stop gives its work back, ends well, and the next one goes on at once', async () => {
  const browser = await startSlowBackfill(world, MAILS)
  expect(await world.stopService()).toBe(0)
  world.microsoft.graph.desk.slowDown(0)
  await world.startServiceAgain()
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total === MAILS,
  )
})
