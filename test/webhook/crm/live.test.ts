import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { LiveEvent } from '../../../models/wire/email.ts'
import { announcementModel } from '../../../models/announcement.ts'
import { Neighbours } from '../../../webhook/announcements/neighbours.ts'
import { noCrash } from '../../../webhook/crash-points.ts'
import { DAY } from '../../../webhook/duration.ts'
import { Announcer, type AnnouncerParts } from '../../../webhook/crm/announce.ts'
import { ProcessLiveBus } from '../../../webhook/crm/live-bus.ts'
import { Mailboxes } from '../../../webhook/crm/mailbox-desk.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import { emailIdOf } from '../../../webhook/store/email-store.ts'
import { aNewMailbox, anEmail, aPerson, bob, NOW, WORKSPACE } from '../../support/builders.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let mailbox: Mailbox
let bus: ProcessLiveBus
let announcer: Announcer
let parts: AnnouncerParts
const errors: unknown[] = []
beforeAll(async () => {
  box = await aConnectedMailbox()
})
afterAll(() => box[Symbol.asyncDispose]())
beforeEach(async () => {
  await box.clear()
  mailbox = await box.mailboxes.connect(aNewMailbox())
  bus = new ProcessLiveBus()
  errors.length = 0
  const onError = (error: unknown) => errors.push(error)
  const mailboxDesk = new Mailboxes({ ...box, crash: noCrash, reconcileMs: DAY })
  parts = { ...box, bus, mailboxDesk, instanceId: 'here', onError }
  announcer = new Announcer(parts)
})
afterEach(() => announcer.idle())

const alice = aPerson()

/** What this person's console hears, as soon as there are so many events. */
function heardBy(person: typeof alice, count: number): Promise<LiveEvent[]> {
  const heard: LiveEvent[] = []
  return new Promise((resolve) => {
    bus.subscribe(person, (event) => {
      heard.push(LiveEvent.parse(event))
      if (heard.length === count) resolve(heard)
    })
  })
}

describe('an open console', () => {
  it('hears of new e-mails of its owner, oldest first, and of nobody else’s', async () => {
    const foreign: unknown[] = []
    bus.subscribe(bob, (event) => foreign.push(event))
    bus.subscribe(aPerson({ workspaceId: 'other' }), (event) => foreign.push(event))
    const later = new Date(NOW.getTime() + 1_000)
    await box.emails.see([
      anEmail({ identity: 'b', subject: 'second', receivedAt: later }),
      anEmail({ identity: 'a', subject: 'first' }),
    ])
    const heard = heardBy(alice, 2)
    const newEmailIds = ['b', 'a'].map((identity) => emailIdOf(WORKSPACE, identity))
    announcer.stored({ mailbox, newEmailIds })
    const subjects = (await heard).map(
      (event) => event.type === 'email-stored' && event.email.subject,
    )
    expect(subjects).toEqual(['first', 'second'])
    expect(foreign).toEqual([])
  })

  it('of an administrator hears of everybody’s mailboxes, each once, and of nobody else’s mail', async () => {
    const admin = aPerson({ userId: 'admin', roles: ['member', 'admin'] })
    const elsewhere = aPerson({ ...admin, workspaceId: 'other' })
    const own = await box.mailboxes.connect({
      ...aNewMailbox(),
      ...{ ownerUserId: 'admin', address: 'ada@flow.example', providerUserId: 'ada' },
    })
    const foreign: unknown[] = []
    bus.subscribe(bob, (event) => foreign.push(event))
    bus.subscribe(elsewhere, (event) => foreign.push(event))
    await box.emails.see([anEmail()])
    const heard = heardBy(admin, 2)
    announcer.stored({ mailbox, newEmailIds: [emailIdOf(WORKSPACE, 'id:one')] })
    announcer.mailboxChanged(own._id)
    announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    const ids = (await heard).map((event) =>
      event.type === 'mailbox-changed' ? event.mailbox.id : event.type,
    )
    expect(ids.toSorted()).toEqual([own._id, mailbox._id].toSorted())
    expect(foreign).toEqual([])
  })

  it('hears that a mailbox changed, with its light', async () => {
    const heard = heardBy(alice, 1)
    announcer.mailboxChanged('unknown')
    announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    expect(await heard).toMatchObject([{ type: 'mailbox-changed', mailbox: { id: mailbox._id } }])
  })

  it('hears it once when twenty folders of the mailbox change in the same moment', async () => {
    const heard: LiveEvent[] = []
    bus.subscribe(alice, (event) => heard.push(event))
    for (let folder = 0; folder < 20; folder++) announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    expect(heard).toHaveLength(1)
    announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    expect(heard).toHaveLength(2)
  })

  it('hears nothing more once it is closed', async () => {
    const heard: unknown[] = []
    const close = bus.subscribe(alice, (event) => heard.push(event))
    close()
    const told = heardBy(alice, 1)
    announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    await told
    expect(heard).toEqual([])
  })

  it('is not told when that fails, and the work goes on', async () => {
    const emails = Object.create(box.emails) as typeof box.emails
    emails.findMany = () => Promise.reject(new Error('the database is down'))
    bus.subscribe(alice, () => undefined)
    const told = new Promise((resolve) => {
      new Announcer({ ...parts, emails, onError: resolve }).stored({ mailbox, newEmailIds: ['x'] })
    })
    expect(await told).toEqual(new Error('the database is down'))
  })
})

describe('a console at another instance', () => {
  const thereBus = () => {
    const elsewhere = new ProcessLiveBus()
    const there = new Announcer({ ...parts, bus: elsewhere, instanceId: 'there' })
    const show = there.show.bind(there)
    const onError = (error: unknown) => errors.push(error)
    return new Neighbours({ ...box, bus: elsewhere, instanceId: 'there', show, onError })
  }
  /** Until the instance there has looked and sleeps again. */
  const asleep = async () => {
    while (box.clock.nextWakeAt() === null) await new Promise((turn) => setImmediate(turn))
  }
  const look = async () => {
    await asleep()
    await box.clock.advance(1_000)
    await asleep()
  }
  const typesOf = (heard: LiveEvent[]) => heard.map(({ type }) => type)

  it('hears the same a second later, once, and only what is its own', async () => {
    const there = thereBus()
    const heard: LiveEvent[] = []
    const foreign: LiveEvent[] = []
    const leave = there.subscribe(alice, (event) => heard.push(event))
    const leaveToo = there.subscribe(bob, (event) => foreign.push(event))
    await asleep()
    await box.emails.see([anEmail({ identity: 'a' })])
    announcer.stored({ mailbox, newEmailIds: [emailIdOf(WORKSPACE, 'a')] })
    announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    for (let seconds = 0; seconds < 15; seconds++) await look()
    expect(typesOf(heard).toSorted()).toEqual(['email-stored', 'mailbox-changed'])
    expect(foreign).toEqual([])
    leave()
    leaveToo()
    await there.idle()
    expect(errors).toEqual([])
  })

  it('is not told what was before it was opened, nor after it was closed', async () => {
    const there = thereBus()
    const heard: LiveEvent[] = []
    announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    await box.clock.advance(1)
    const leave = there.subscribe(alice, (event) => heard.push(event))
    await look()
    leave()
    await there.idle()
    announcer.mailboxChanged(mailbox._id)
    await announcer.idle()
    await box.clock.advance(5_000)
    expect(heard).toEqual([])
  })

  it('finds nothing of any mail among what instances tell each other, and it is swept', async () => {
    await box.emails.see([anEmail({ identity: 'a', subject: 'Top secret' })])
    announcer.stored({ mailbox, newEmailIds: [emailIdOf(WORKSPACE, 'a')] })
    await announcer.idle()
    const told = announcementModel(box.db).find().lean()
    expect(JSON.stringify(await told)).not.toContain('secret')
    await box.announcements.sweep()
    expect(await announcementModel(box.db).countDocuments()).toBe(1)
    await box.clock.advance(61_000)
    await box.announcements.sweep()
    expect(await announcementModel(box.db).countDocuments()).toBe(0)
  })
})
