import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import type { MailboxList } from '../../models/wire/mailbox.ts'
import { startTestDatabase, type TestDatabase } from '../support/database.ts'
import { KillableWorld } from '../support/killable-world.ts'
import { emailsOf, eventually, watch } from '../support/world.ts'

const alice = people.alice.mail
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
  for (let index = 0; index < MAILS; index++)
    await world.microsoft.graph.mailboxes.deliver(alice, {
      mime: () => bulkMime(index, alice, new Date()),
    })
  const browser = await world.browser().signIn('alice')
  await browser.visit('/auth/connect', 'alice')
  const { mailboxes } = await browser.json<MailboxList>('/api/v1/mailboxes')
  world.microsoft.graph.desk.slowDown(400)
  await watch(browser, mailboxes[0]!.id, ['Inbox'])
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total >= 100,
  )

  expect(await world.stopService()).toBe(0)
  world.microsoft.graph.desk.slowDown(0)
  await world.startServiceAgain()
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total === MAILS,
  )
})
