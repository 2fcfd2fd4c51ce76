import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { LiveEvent } from '../../../models/wire/email.ts'
import { Announcer } from '../../../webhook/crm/announce.ts'
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
  announcer = new Announcer({ ...box, bus, mailboxDesk: new Mailboxes(box), onError })
})

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

  it('hears that a mailbox changed, with its light', async () => {
    const heard = heardBy(alice, 1)
    announcer.mailboxChanged('unknown')
    announcer.mailboxChanged(mailbox._id)
    expect(await heard).toMatchObject([{ type: 'mailbox-changed', mailbox: { id: mailbox._id } }])
  })

  it('hears nothing more once it is closed', async () => {
    const heard: unknown[] = []
    const close = bus.subscribe(alice, (event) => heard.push(event))
    close()
    const told = heardBy(alice, 1)
    announcer.mailboxChanged(mailbox._id)
    await told
    expect(heard).toEqual([])
  })

  it('is not told when that fails, and the work goes on', async () => {
    const broken = { ...box, emails: Object.create(box.emails) as typeof box.emails }
    broken.emails.findMany = () => Promise.reject(new Error('the database is down'))
    const told = new Promise((resolve) => {
      const parts = { ...broken, bus, mailboxDesk: new Mailboxes(box), onError: resolve }
      new Announcer(parts).stored({ mailbox, newEmailIds: ['x'] })
    })
    expect(await told).toEqual(new Error('the database is down'))
  })
})
