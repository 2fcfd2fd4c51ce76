import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../models/email.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import type { ItemRef } from '../../sandbox/graph/store/item.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'

const alice = people.alice.mail

describe('a connected mailbox on a bad day', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let browser: Browserless
  const refs: ItemRef[] = []

  beforeAll(async () => {
    world = await startWorld()
    await deliver(20)
    browser = (await connectAndWatch(world, 'alice', ['Inbox'])).browser
    await isComplete()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const deliver = async (count: number) => {
    for (let n = 0; n < count; n++) {
      const mime = bulkMime(refs.length, alice, new Date())
      refs.push(await world.graph.mailboxes.deliver(alice, { mime }))
    }
  }
  /** All that was delivered is there once. */
  const isComplete = async () => {
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === refs.length,
    )
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
    expect(await emailModel(world.service.context.db).countDocuments()).toBe(refs.length)
  }
  const becomesGone = (ref: ItemRef, reason: string) =>
    eventually(
      () => ledgerEntryModel(world.service.context.db).find({ state: 'gone' }).lean(),
      (gone) =>
        gone.some((entry) => entry.messageId === ref.immutableId && entry.reason === reason),
    )

  it('starts over when Graph forgot where it was, and stores nothing twice', async () => {
    world.graph.desk.killDeltaToken(alice)
    await deliver(5)
    await isComplete()
  })

  it('notices by "missed" what no notification told', async () => {
    world.graph.desk.dropNotifications({ next: 5 })
    await deliver(5)
    await isComplete()
  })

  it('subscribes anew when Graph removed its subscription, and fills the gap', async () => {
    const [before] = world.graph.subscriptions.all()
    world.graph.desk.removeSubscription()
    await deliver(5)
    await isComplete()
    expect(world.graph.subscriptions.all()).toHaveLength(1)
    expect(world.graph.subscriptions.all()[0]?.id).not.toBe(before?.id)
  })

  it('goes on after refusals and cut-off answers', async () => {
    world.graph.desk.failRequests(503, 2)
    world.graph.desk.damageReplies('truncated', 1)
    await deliver(5)
    await isComplete()
  })

  it('says reconnect when consent is gone, and goes on after it as if nothing was', async () => {
    world.graph.desk.revokeConsent(alice)
    await deliver(5)
    const mailbox = await eventually(
      () => mailboxOf(browser),
      ({ status }) => status === 'reconnect-needed',
    )
    expect(mailbox.light).toMatchObject({ colour: 'red', todo: expect.stringContaining('Connect') })

    world.graph.desk.grantConsent(alice)
    await browser.visit('/auth/connect', 'alice')
    await isComplete()
  })

  it('keeps the e-mail of a message that was deleted, and the ledger says so', async () => {
    world.graph.mailboxes.remove(alice, refs[0]!.immutableId, { purge: true })
    await becomesGone(refs[0]!, 'deleted-in-mailbox')
    await isComplete()
  })

  it('calls a message moved to an unwatched folder moved, not deleted', async () => {
    world.graph.mailboxes.move(alice, refs[1]!.immutableId, 'archive')
    await becomesGone(refs[1]!, 'moved-out')
    await isComplete()
  })
})
