import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { BalancedWorld } from '../support/balanced-world.ts'
import { startTestDatabase, type TestDatabase } from '../support/database.ts'
import { emailsOf, eventually, mailboxOf } from '../support/world.ts'

let database: TestDatabase
let client: MongoClient
let world: BalancedWorld
beforeEach(async () => {
  database = await startTestDatabase()
  client = await MongoClient.connect(database.url)
  world = await BalancedWorld.start(database.url, { HOUSEKEEPING_SECONDS: '1' })
  await world.startInstance({ asProcess: true })
  await world.startInstance()
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  await client.close()
  await database[Symbol.asyncDispose]()
})

const collection = (name: string) => client.db().collection(name)

/** Every mail that was delivered is there, once, with one account. */
async function expectEachOnce() {
  const mails = world.deliveredMails
  await eventually(
    () => collection('ledgerEntries').countDocuments({ state: 'stored' }),
    (accounts) => accounts >= mails,
  )
  expect(await collection('emails').distinct('identity')).toHaveLength(mails)
  expect(await collection('emails').countDocuments()).toBe(mails)
  expect(await collection('ledgerEntries').countDocuments()).toBe(mails)
}

it('two instances on one database share the work without configuration: everything is applied once', async () => {
  const browser = await world.aliceWatchesHerInbox()
  await world.deliver(60)
  await expectEachOnce()
  expect(await collection('instances').countDocuments()).toBe(2)

  // A renewal that both see due is made by one.
  const { graph } = world.microsoft
  const renewals = () => graph.requests.count({ method: 'PATCH', path: '/subscriptions/' })
  await collection('subscriptions').updateMany({}, { $set: { renewAt: new Date() } })
  await eventually(
    async () => renewals(),
    (count) => count > 0,
  )
  await new Promise((later) => setTimeout(later, 2_500)) // two more turns of everybody's housekeeping
  expect(renewals()).toBe(1)

  // What the provider says of a subscription may reach either of them.
  const [before] = await collection('subscriptions').distinct('_id')
  graph.desk.removeSubscription()
  await eventually(
    () => collection('subscriptions').distinct('_id'),
    (ids) => ids.length === 1 && ids[0] !== before,
  )
  await world.deliver(5)
  await expectEachOnce()
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'green',
  )
})

it('one of two instances is killed in the middle of its work, and nothing is lost', async () => {
  const browser = await world.aliceWatchesHerInbox()
  const mail = world.deliver(80)
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total >= 10,
  )
  await world.killOldest()
  await mail
  await expectEachOnce()
})
