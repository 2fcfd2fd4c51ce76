import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../models/email.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import { aMime } from '../../sandbox/seed/mime-builder.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { Pane } from '../support/pane.ts'
import { connectAndWatch, emailsOf, eventually, startWorld } from '../support/world.ts'

const alice = people.alice.mail
const mail = {
  from: { name: 'Nora Lindqvist', address: 'nora@northwind.test' },
  to: [{ name: 'Alice Archer', address: alice }],
  subject: 'Beans for March',
  html: '<p>Twelve <b>kilos</b>, please.</p>',
  messageId: '<beans-march@northwind.test>',
}
const asTheLogSeesIt: LogEmailRequest = {
  internetMessageId: mail.messageId,
  mailboxAddress: alice,
  subject: mail.subject,
  from: mail.from,
  to: mail.to,
  cc: [],
  sentAt: '2026-11-20T09:00:00.000Z',
  bodyHtml: mail.html,
}

describe('the add-in', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  beforeEach(async () => void (world = await startWorld()))
  afterEach(() => world[Symbol.asyncDispose]())

  const deliver = (folder: string) =>
    world.graph.mailboxes.deliver(alice, { mime: aMime(mail), folder })
  const sightings = async () =>
    (await emailModel(world.service.context.db).find().lean()).map((email) =>
      email.sightings.map(({ via }) => via).sort(),
    )

  it('logs a message that was never synced, and the console shows it', async () => {
    await deliver('archive')
    const pane = await Pane.signIn(world, 'alice')
    const key = { internetMessageId: mail.messageId, mailboxAddress: alice }
    expect(await pane.status(key)).toEqual({ state: 'not-logged' })

    const logged = await pane.log(asTheLogSeesIt)
    expect(logged).toMatchObject({
      state: 'stored',
      sightings: [{ via: 'add-in', byName: 'Alice Archer' }],
    })
    expect(await pane.status(key)).toEqual(logged)

    const console = await world.signIn('alice')
    expect((await emailsOf(console)).emails).toMatchObject([{ subject: 'Beans for March' }])
  })

  it('logs once, however often it is asked to', async () => {
    const pane = await Pane.signIn(world, 'alice')
    await Promise.all(Array.from({ length: 8 }, () => pane.log(asTheLogSeesIt)))
    expect(await sightings()).toEqual([['add-in']])
  })

  it('says since when a synced message is there, and its log is one more sighting of it', async () => {
    await deliver('inbox')
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === 1,
    )
    const pane = await Pane.signIn(world, 'alice')
    const known = await pane.status({ internetMessageId: mail.messageId, mailboxAddress: alice })
    expect(known).toMatchObject({
      state: 'stored',
      sightings: [{ via: 'sync', folderName: 'Inbox' }],
    })
    await pane.log(asTheLogSeesIt)
    expect(await sightings()).toEqual([['add-in', 'sync']])
  })

  it('meets the sync also when the log came first', async () => {
    const pane = await Pane.signIn(world, 'alice')
    await pane.log(asTheLogSeesIt)
    await deliver('inbox')
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    await eventually(sightings, ([first]) => first?.length === 2)
    expect((await emailsOf(browser)).total).toBe(1)
  })

  it("does not open a colleague's copy to somebody who only knows its Message-ID", async () => {
    await deliver('inbox')
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === 1,
    )
    const bob = await Pane.signIn(world, 'bob')
    const guess = { ...asTheLogSeesIt, mailboxAddress: people.bob.mail, bodyHtml: '<p>guessed</p>' }
    await bob.log(guess)
    const { emails } = await emailsOf(await world.signIn('bob'))
    expect(emails).toMatchObject([{ preview: 'guessed', sightings: [{ via: 'add-in' }] }])
    expect(await sightings()).toEqual(expect.arrayContaining([['sync'], ['add-in']]))
  })
})
