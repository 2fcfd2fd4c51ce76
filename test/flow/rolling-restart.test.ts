import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { isAcknowledged } from '../../sandbox/graph/delivery/notification-log.ts'
import { BalancedWorld } from '../support/balanced-world.ts'
import { startTestDatabase, type TestDatabase } from '../support/database.ts'
import { emailsOf, eventually } from '../support/world.ts'

const RESTARTS = 6
/** Reliability A7. */
const DRAIN_MS = 10_000

let database: TestDatabase
let world: BalancedWorld
beforeEach(async () => {
  database = await startTestDatabase()
  world = await BalancedWorld.start(database.url, { LEAVE_SECONDS: '1' })
  await world.startInstance()
  await world.startInstance()
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

it('instances are replaced one by one while mail flows, and no notification goes unanswered', async () => {
  const browser = await world.aliceWatchesHerInbox()
  const ended = new AbortController()
  const flowing = keepDelivering(ended.signal)
  try {
    for (let restart = 0; restart < RESTARTS; restart++) {
      await world.startInstance()
      expect(await world.stopOldest()).toBeLessThan(DRAIN_MS)
    }
  } finally {
    ended.abort()
    await flowing
  }

  await eventually(
    () => emailsOf(browser),
    ({ total }) => total === world.deliveredMails,
  )
  const { posts } = world.microsoft.graph.notifications
  const refused = posts.filter((post) => !isAcknowledged(post))
  expect(refused.map(({ outcome, tookMs }) => ({ outcome, tookMs }))).toEqual([])
  expect(posts.length).toBeGreaterThan(RESTARTS)
}, 120_000)

async function keepDelivering(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await world.deliver(1, 100)
}
