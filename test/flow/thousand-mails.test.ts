import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { emailModel } from '../../models/email.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'

const alice = people.alice.mail
const DELTA = /\/messages\/delta/i

describe('a thousand mails, then fifty more on a bad day', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  beforeEach(async () => {
    world = await startWorld()
    for (let index = 0; index < 1_000; index++) await deliver(index)
  })
  afterEach(() => world[Symbol.asyncDispose]())

  const deliver = (index: number) =>
    world.graph.mailboxes.deliver(alice, { mime: () => bulkMime(index, alice, new Date()) })

  it('arrive once each, with the fewest requests, whatever happens to the notifications', async () => {
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
    expect((await emailsOf(browser)).total).toBe(1_000)
    const backfill = world.graph.requests.count({ path: DELTA })
    expect(backfill).toBeLessThanOrEqual(11)

    world.graph.requests.clear()
    world.graph.desk.duplicateNotifications({ next: 10 })
    world.graph.desk.reorderNotifications({ next: 10 })
    world.graph.desk.dropNotifications({ next: 5 })
    for (let index = 1_000; index < 1_050; index++) await deliver(index)
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === 1_050,
    )
    await world.graph.idle()
    await quiet()

    const burst = world.graph.requests.count({ path: DELTA })
    process.stdout.write(
      `Graph requests: ${backfill} for a backfill of 1,000, ${burst} for a burst of 50\n`,
    )
    await expectExactly(1_050)
  })

  it('cost one request when they come as one burst', async () => {
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
    world.graph.requests.clear()
    world.graph.desk.burst(300)
    for (let index = 1_000; index < 1_050; index++) await deliver(index)
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === 1_050,
    )
    await world.graph.idle()
    await quiet()
    expect(world.graph.requests.find().map(({ path }) => path)).toHaveLength(1)
    expect(world.graph.requests.count({ path: DELTA })).toBe(1)
  })

  /** Until no folder is owed a pass. */
  const quiet = () =>
    eventually(
      () =>
        world.service.context.db
          .collection('folders')
          .find({ $expr: { $ne: ['$dirtySeq', '$doneSeq'] } })
          .toArray(),
      (owed) => owed.length === 0,
    )

  const expectExactly = async (count: number) => {
    const { db } = world.service.context
    expect(await emailModel(db).countDocuments()).toBe(count)
    expect(await ledgerEntryModel(db).countDocuments({ state: 'stored' })).toBe(count)
    expect(await emailModel(db).countDocuments({ 'sightings.1': { $exists: true } })).toBe(0)
  }
})
