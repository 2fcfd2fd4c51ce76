import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { emailModel } from '../../models/email.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'

const alice = people.alice.mail
const DELTA = /\/messages\/delta/i

describe('a thousand mails, then a hundred more', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let browser: Browserless
  let delivered = 0
  beforeAll(async () => {
    world = await startWorld()
    await deliver(1_000)
    ;({ browser } = await connectAndWatch(world, 'alice', ['Inbox']))
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const deliver = async (count: number) => {
    for (let left = count; left > 0; left--) {
      const index = delivered++
      await world.graph.mailboxes.deliver(alice, {
        mime: () => bulkMime(index, alice, new Date()),
      })
    }
  }
  const arrive = async () => {
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === delivered,
    )
    await world.graph.idle()
    await quiet()
  }

  it('arrive once each, with the fewest requests', async () => {
    await expectExactly(1_000)
    expect(world.graph.requests.count({ path: DELTA })).toBeLessThanOrEqual(11)
  })

  it('cost one request when they come as one burst', async () => {
    world.graph.requests.clear()
    world.graph.desk.burst(300)
    await deliver(50)
    await arrive()
    expect(world.graph.requests.find().map(({ path }) => path)).toHaveLength(1)
    expect(world.graph.requests.count({ path: DELTA })).toBe(1)
    await expectExactly(1_050)
  })

  it('arrive once each, whatever happens to the notifications', async () => {
    world.graph.desk.duplicateNotifications({ next: 10 })
    world.graph.desk.reorderNotifications({ next: 10 })
    world.graph.desk.dropNotifications({ next: 5 })
    await deliver(50)
    await arrive()
    await expectExactly(1_100)
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
