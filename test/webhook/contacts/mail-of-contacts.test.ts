import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { contactModel } from '../../../models/contacts/contact.ts'
import { matchingJobModel } from '../../../models/contacts/matching-job.ts'
import { emailModel } from '../../../models/email.ts'
import type { NewContact } from '../../../models/wire/contacts/contact.ts'
import { NotFoundError } from '../../../webhook/errors.ts'
import {
  ALICE,
  anEmail,
  aNewMailbox,
  aPerson,
  aSighting,
  BOB,
  bob,
  NOW,
  WORKSPACE,
} from '../../support/builders.ts'
import { openContactDesks, type OpenContacts } from './open-contact-desks.ts'

const alice = aPerson()
const stranger = aPerson({ workspaceId: '22222222-2222-4222-8222-222222222222' })
const signal = new AbortController().signal

let crm: OpenContacts
beforeAll(async () => {
  crm = await openContactDesks()
})
afterAll(async () => crm[Symbol.asyncDispose]())
beforeEach(async () => {
  await crm.clear()
  crm.judgedAgain.length = 0
})

const aContact = (over: Partial<NewContact> = {}): NewContact => ({
  ...{ name: 'Carol Jones', jobTitle: '', phone: '', addresses: ['carol@customer.example'] },
  ...over,
})
const create = (over: Partial<NewContact> = {}) => crm.desks.contacts.create(alice, aContact(over))
/** An e-mail that nobody has seen yet, from this address. */
const mailFrom = (address: string, over: Parameters<typeof anEmail>[0] = {}) =>
  anEmail({ identity: `id:${address}`, from: { name: 'Carol', address }, ...over })

describe('mail', () => {
  it('belongs to a contact that was there before, and to one that comes later', async () => {
    const { id: carol } = await create()
    const [one = '', two = ''] = await crm.receive(
      mailFrom('Carol+Offer@customer.example'),
      mailFrom('dave@customer.example', { replyTo: [{ name: '', address: 'eve@x.example' }] }),
    )
    expect(await crm.contactIdsOf(one)).toEqual([carol])
    expect(await crm.contactIdsOf(two)).toEqual([])
    const { id: eve } = await create({ name: 'Eve', addresses: ['eve@x.example'] })
    expect(await crm.contactIdsOf(two)).toEqual([eve])
    expect(crm.judgedAgain.flat()).toHaveLength(2) // both addresses, once each
  })

  it('moves with an address that changes hands, and stays with a former one', async () => {
    const { id, version } = await create()
    const [email = ''] = await crm.receive(mailFrom('carol@customer.example'))
    const changes = { addresses: ['carol@new.example'] }
    const changed = await crm.desks.contacts.change(alice, { id, version }, changes)
    expect(await crm.contactIdsOf(email)).toEqual([id])
    const forget = ['carol@customer.example']
    await crm.desks.contacts.change(alice, { id, version: changed.version }, { forget })
    expect(await crm.contactIdsOf(email)).toEqual([])
  })

  it('is found by the alias domains of a company, while they are its', async () => {
    const { id: carol } = await create()
    const [email = ''] = await crm.receive(mailFrom('carol@customer.test'))
    expect(await crm.contactIdsOf(email)).toEqual([])
    const company = await crm.desks.companies.create(alice, {
      ...{ name: 'Customer', domains: ['customer.example', 'Customer.test'] },
    })
    expect(await crm.contactIdsOf(email)).toEqual([carol])
    expect((await crm.desks.matches.matches(alice, email)).matches).toMatchObject([
      { contactId: carol, reasons: [{ by: 'alias-domain', role: 'from' }] },
    ])
    const { id: dave } = await create({ name: 'Dave', addresses: ['dave@customer.example'] })
    const [later = ''] = await crm.receive(mailFrom('dave@customer.test'))
    expect(await crm.contactIdsOf(later)).toEqual([dave])
    const of = { id: company.id, version: company.version }
    await crm.desks.companies.change(alice, of, { domains: ['customer.example'] })
    expect(await crm.contactIdsOf(email)).toEqual([])
    expect(await crm.contactIdsOf(later)).toEqual([])
  })

  it('is matched to the end however much there is, also by upkeep alone after a crash', async () => {
    const many = Array.from({ length: 620 }, (_, at) =>
      mailFrom('carol@customer.example', {
        ...{ identity: `id:${at}`, receivedAt: new Date(NOW.getTime() + (at % 7)) },
      }),
    )
    await crm.receive(...many)
    // A crash right after the change: the job is written down, and nothing more.
    await crm.contacts.create(WORKSPACE, [{ ...aContact(), companyId: null, addresses: [
      { address: 'carol@customer.example', formerSince: null },
    ] }], () => []) // prettier-ignore
    const { blind } = await crm.vault.of(WORKSPACE)
    const values = [blind('address', 'carol@customer.example')]
    await matchingJobModel(crm.db).create({
      ...{ _id: 'left', workspaceId: WORKSPACE, domainKeys: [], judgedKeys: values },
      ...{ walks: [{ field: 'partyKeys', values }], walk: 0, done: 0, dueAt: crm.clock.now() },
    })
    await crm.matcher.carryOnDue(signal)
    const unmatched = { workspaceId: WORKSPACE, contactIds: [] }
    expect(await emailModel(crm.db).countDocuments(unmatched)).toBe(0)
    expect(await matchingJobModel(crm.db).countDocuments()).toBe(0)
    expect(crm.judgedAgain).toEqual([values])
  })

  it('is matched by upkeep though another job fails, and that one is tried again later', async () => {
    const job = { domainKeys: [], judgedKeys: [], walk: 0, done: 0, dueAt: crm.clock.now() }
    const walks = [{ field: '_id' as const, values: ['nothing'] }]
    const jobs = matchingJobModel(crm.db)
    await jobs.create({ ...job, walks, _id: 'bad', workspaceId: WORKSPACE, judgedKeys: ['poison'] })
    await jobs.create({ ...job, walks, _id: 'good', workspaceId: WORKSPACE })
    await expect(crm.matcher.carryOnDue(signal)).rejects.toThrow('poison')
    expect((await jobs.find().lean()).map(({ _id }) => _id)).toEqual(['bad'])
    await expect(crm.matcher.carryOnDue(signal)).resolves.toBeUndefined() // it waits
    await crm.clock.advance(10 * 60_000)
    await expect(crm.matcher.carryOnDue(signal)).rejects.toThrow('poison')
  })

  it('is matched to the latest state of things, whoever matches in between', async () => {
    const ids = await crm.receive(
      mailFrom('carol@customer.example'),
      mailFrom('dave@customer.example'),
    )
    const made = create()
    await Promise.all([made, ...Array.from({ length: 8 }, () => crm.matcher.match(WORKSPACE, ids))])
    expect(await crm.contactIdsOf(ids[0] ?? '')).toEqual([(await made).id])
  })

  it('is listed with its contact, as far as a person may see it', async () => {
    const { id: carol } = await create()
    const mailbox = (sharing: 'subject' | 'private') => ({
      pollEveryMinutes: null,
      windowDays: null,
      sharing,
    })
    const connect = (providerUserId: string) =>
      crm.mailboxes.connect({
        ...{ workspaceId: WORKSPACE, providerUserId, displayName: '', authMode: 'delegated' },
        ...{ address: `${providerUserId}@flow.example`, ownerUserId: BOB, homeAccountId: null },
      })
    const [open, closed] = [await connect('open'), await connect('closed')]
    await crm.mailboxes.saveSettings(open._id, mailbox('subject'))
    await crm.mailboxes.saveSettings(closed._id, mailbox('private'))
    const seenIn = (key: string, mailboxId: string) =>
      aSighting({ key, mailboxId, ownerUserId: BOB, folderId: null })
    await crm.receive(
      mailFrom('carol@customer.example', { identity: 'id:own', subject: 'Own' }),
      mailFrom('carol@customer.example', { identity: 'id:open', sighting: seenIn('o', open._id), subject: 'Open' }),
      mailFrom('carol@customer.example', { identity: 'id:closed', sighting: seenIn('c', closed._id) }),
    ) // prettier-ignore
    const page = { limit: 10, cursor: null }
    const shown = await crm.desks.emails.page(alice, carol, page)
    expect(shown.emails.map(({ subject, preview }) => [subject, preview]).toSorted()).toEqual([
      ['Open', ''],
      ['Own', 'Good morning.'],
    ])
    expect((await crm.desks.emails.page(bob, carol, page)).emails).toHaveLength(2)
    await expect(crm.desks.emails.page(stranger, carol, page)).rejects.toThrow(NotFoundError)
  })
})

describe('whether mail of a contact is unread', () => {
  it('is told of one’s own copies alone', async () => {
    const { id: carol } = await create()
    const copyOf = (ownerUserId: string, isRead: boolean) =>
      mailFrom('carol@customer.example', {
        sighting: aSighting({ key: `sync:${ownerUserId}`, ownerUserId, folderId: null, isRead }),
      })
    await crm.receive(copyOf(ALICE, false), copyOf(BOB, true))
    const toldTo = async (person: typeof alice) => {
      const { emails } = await crm.desks.emails.page(person, carol, { limit: 10, cursor: null })
      return emails.flatMap(({ sightings }) => sightings.map(({ isRead }) => isRead))
    }
    expect([await toldTo(alice), await toldTo(bob)]).toEqual([[false], [true]])
    const [email] = await emailModel(crm.db).find().lean()
    const look = { emailId: email!._id, key: `sync:${ALICE}`, isRead: true }
    await crm.emails.writeLooks(await crm.emails.changedLooks([look]))
    expect(await toldTo(alice)).toEqual([true])
  })
})

describe("a person's word on an e-mail", () => {
  it('holds for it and its thread against every later run, until it is taken back', async () => {
    const { id: carol } = await create()
    const { id: dave } = await create({ name: 'Dave', addresses: ['dave@x.example'] })
    const [first = '', second = ''] = await crm.receive(
      mailFrom('carol@customer.example', { identity: 'id:first' }),
      mailFrom('carol@customer.example', { identity: 'id:second' }),
    )
    await emailModel(crm.db).updateMany({}, { $set: { threadId: 'thread' } })
    const { matches } = crm.desks
    await matches.pin(alice, { emailId: first, contactId: carol, belongs: false })
    await matches.pin(alice, { emailId: first, contactId: dave, belongs: true })
    for (const email of [first, second]) expect(await crm.contactIdsOf(email)).toEqual([dave])
    const version = (await crm.desks.contacts.find(alice, carol)).version
    await crm.desks.contacts.change(
      alice,
      { id: carol, version },
      { addresses: ['carol@new.example'] },
    )
    await crm.matcher.match(WORKSPACE, [first, second])
    for (const email of [first, second]) expect(await crm.contactIdsOf(email)).toEqual([dave])
    await matches.unpin(alice, { emailId: first, contactId: carol })
    const all = [carol, dave].toSorted()
    for (const email of [first, second]) expect(await crm.contactIdsOf(email)).toEqual(all)
    const told = await matches.matches(alice, second)
    expect(told.matches.map(({ contactId }) => contactId)).toEqual(all)
  })

  it('is not for those who do not see the e-mail', async () => {
    const { id: contactId } = await create()
    const [emailId = ''] = await crm.receive(mailFrom('carol@customer.example'))
    const pin = { emailId, contactId, belongs: false }
    for (const person of [bob, stranger])
      await expect(crm.desks.matches.pin(person, pin)).rejects.toThrow(NotFoundError)
  })
})

describe('a suggestion', () => {
  const list = async (person = alice) =>
    (await crm.desks.suggestions.page(person, { limit: 10, cursor: null })).suggestions

  beforeEach(async () => {
    await crm.mailboxes.connect(aNewMailbox()) // flow.example is our own domain
    await crm.clock.advance(60_000) // which is known for a minute
  })

  it('is each stranger with the number of mails, for those who have mail with them', async () => {
    await create({ addresses: ['known@customer.example'] })
    await crm.receive(
      mailFrom('Dave+x@customer.example'),
      mailFrom('dave@customer.example', { receivedAt: new Date(NOW.getTime() + 1_000) }),
      mailFrom('known@customer.example'),
      mailFrom('no-reply@customer.example'),
    )
    await crm.receive(mailFrom('dave@customer.example')) // told again, as after a crash
    expect(await list()).toMatchObject([
      { address: 'dave@customer.example', name: 'Carol', emails: 2 },
    ])
    expect(await list(bob)).toEqual([])
  })

  it('becomes a contact when it is accepted, and never by itself', async () => {
    const [email = ''] = await crm.receive(mailFrom('dave@customer.example'))
    expect(await contactModel(crm.db).countDocuments()).toBe(0)
    const [{ id } = { id: '' }] = await list()
    await expect(crm.desks.suggestions.accept(bob, id, undefined)).rejects.toThrow(NotFoundError)
    const dave = await crm.desks.suggestions.accept(alice, id, 'Dave')
    expect(dave).toMatchObject({ name: 'Dave', addresses: [{ address: 'dave@customer.example' }] })
    expect(await crm.contactIdsOf(email)).toEqual([dave.id])
    expect(await crm.desks.suggestions.accept(alice, id, 'Dave')).toEqual(dave)
    expect(await list()).toEqual([])
  })

  it('stays dismissed for whoever dismissed it', async () => {
    const seenBy = (ownerUserId: string) => aSighting({ key: `sync:${ownerUserId}`, ownerUserId })
    const both = [anEmail(), anEmail({ sighting: seenBy(BOB) })]
    await crm.receive(...both)
    const [{ id } = { id: '' }] = await list()
    await crm.desks.suggestions.dismiss(alice, id)
    await crm.receive(...both)
    expect(await list()).toEqual([])
    expect(await list(bob)).toMatchObject([{ address: 'carol@customer.example' }])
  })

  it('goes when the address gets a contact in another way', async () => {
    await crm.receive(mailFrom('dave@customer.example'))
    await create({ addresses: ['dave@customer.example'] })
    expect(await list()).toEqual([])
  })
})
