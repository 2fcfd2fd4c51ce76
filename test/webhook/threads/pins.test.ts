import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { ALICE, aNewMailbox, aPerson, BOB, bob } from '../../support/builders.ts'
import { openOffice, type Mail, type Office } from './an-office.ts'

const alice = aPerson()
const ofBob = { mailbox: 'mailbox-bob', owner: BOB }

let office: Office
let contactId: string
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office[Symbol.asyncDispose]())
beforeEach(async () => {
  await office.clear()
  const carol = { name: 'Carol', jobTitle: '', phone: '', addresses: [] }
  contactId = (await office.desks.contacts.create(alice, carol)).id
})

const pin = (person: typeof alice, id: string, belongs = true) =>
  office.desks.matches.pin(person, { emailId: office.idOf(id), contactId, belongs })
const contactsOf = async (...ids: string[]) =>
  (await Promise.all(ids.map((id) => office.contactIdsOf(office.idOf(id))))).flat()

describe("a person's word on an e-mail", () => {
  it('holds for answers that come later', async () => {
    await office.receive([{ id: 'a' }])
    await pin(alice, 'a')
    await office.receive([{ id: 're', inReplyTo: 'a' }])
    expect(await contactsOf('re')).toEqual([contactId])
  })

  it('holds for both halves when threads become one, and can be taken back', async () => {
    const half = (name: string): Mail[] => [{ id: name }, { id: `${name}-re`, references: [name] }]
    await office.receive(half('a'))
    await office.receive(half('b'))
    await pin(alice, 'a')
    await office.clock.advance(1_000)
    await pin(alice, 'b-re', false)
    await office.receive([{ id: 'new', references: ['a', 'b'] }])
    const all = ['a', 'a-re', 'b', 'new']
    await office.upkeep()
    expect(new Set((await office.threadIds()).values()).size).toBe(1)
    // The latest word on a thread counts, and an e-mail's own word above it.
    expect(await contactsOf('a')).toEqual([contactId])
    expect(await contactsOf('a-re', 'b', 'b-re', 'new')).toEqual([])
    const taken = { emailId: office.idOf('b-re'), contactId }
    await office.desks.matches.unpin(alice, taken)
    expect(await contactsOf(...all, 'b-re')).toEqual(Array(5).fill(contactId))
  })

  it('opens no mail to colleagues because a forged mail refers to it', async () => {
    const mailbox = await office.mailboxes.connect(
      aNewMailbox({ providerUserId: ALICE, ownerUserId: ALICE }),
    )
    await office.mailboxes.saveSettings(mailbox._id, { ...mailbox.settings, sharing: 'full' })
    await office.receive([{ id: 'private', mailbox: mailbox._id }])
    await office.receive([{ id: 'forged', references: ['private'], ...ofBob }])
    expect(await office.conversations()).toEqual([['forged', 'private']])
    await pin(bob, 'forged')
    expect(await contactsOf('forged', 'private')).toEqual([contactId])
    const thread = (await office.threadIds()).get('private') ?? ''
    const page = { limit: 10, cursor: null }
    expect((await office.threadDesk.page(bob, thread, page)).emails.map(({ subject }) => subject))
      .toEqual(['forged']) // prettier-ignore
    const told = await office.desks.matches.matches(alice, office.idOf('private'))
    expect(told.matches).toEqual([])
    // Alice may say so herself, and then the thread is no secret.
    await pin(alice, 'private')
    expect(await contactsOf('forged', 'private')).toEqual([contactId, contactId])
  })

  it('opens no other mail of theirs to colleagues because a mail refers to both conversations', async () => {
    const mailbox = await office.mailboxes.connect(
      aNewMailbox({ providerUserId: ALICE, ownerUserId: ALICE }),
    )
    await office.mailboxes.saveSettings(mailbox._id, { ...mailbox.settings, sharing: 'full' })
    const receive = (mail: Mail) => office.receive([{ ...mail, mailbox: mailbox._id }])
    await receive({ id: 'deal' })
    await receive({ id: 'secret' })
    await pin(alice, 'deal')
    await receive({ id: 'both', references: ['secret', 'deal'] })
    await receive({ id: 'deal-re', references: ['deal', 'both'] })
    await receive({ id: 'secret-re', inReplyTo: 'secret' })
    expect(await office.conversations()).toHaveLength(1)
    const all = ['deal', 'secret', 'both', 'deal-re', 'secret-re']
    expect(await contactsOf(...all)).toEqual(Array(5).fill(contactId))

    const thread = (await office.threadIds()).get('deal') ?? ''
    const seenBy = async (person: typeof alice) => {
      const { emails } = await office.threadDesk.page(person, thread, { limit: 10, cursor: null })
      return emails.map(({ subject }) => subject).toSorted()
    }
    expect(await seenBy(alice)).toEqual(all.toSorted())
    expect(await seenBy(bob)).toEqual(['deal', 'deal-re'])
    const reader = await office.access.readerOf(bob)
    expect(await office.emails.count(reader)).toBe(2)
    // Her word on the mail itself opens that conversation, too.
    await pin(alice, 'secret')
    expect(await seenBy(bob)).toEqual(all.toSorted())
  })

  it('counts on the mail of others in the thread that somebody’s contact has anyway', async () => {
    const dave = { name: 'Dave', jobTitle: '', phone: '', addresses: ['dave@x.example'] }
    const { id: daveId } = await office.desks.contacts.create(alice, dave)
    await office.receive([{ id: 'a', from: 'dave@x.example', ...ofBob }])
    await office.receive([{ id: 're', inReplyTo: 'a' }])
    await pin(alice, 're')
    expect(await contactsOf('a')).toEqual([contactId, daveId].toSorted())
    expect(await emailModel(office.db).countDocuments({ contactIds: contactId })).toBe(2)
  })
})
