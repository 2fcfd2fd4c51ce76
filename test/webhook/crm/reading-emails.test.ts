import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel, type Sighting } from '../../../models/email.ts'
import { EmailPage } from '../../../models/wire/email.ts'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import type { PageRequest } from '../../../webhook/crm/ports.ts'
import { BadRequestError } from '../../../webhook/errors.ts'
import { messageIdKeyOf } from '../../../webhook/sync/decide/identity.ts'
import {
  aFolderToWatch,
  anEmail,
  aPerson,
  aSighting,
  bob,
  BOB,
  NOW,
} from '../../support/builders.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
let desk: Emails
let inbox: string
beforeAll(async () => {
  stores = await openStores()
  desk = new Emails({ ...stores, onLogged: () => undefined })
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(async () => {
  await stores.clear()
  inbox = await stores.folders.watch(aFolderToWatch(), NOW)
})

const alice = aPerson()
const list = (person = alice, over: Partial<Parameters<Emails['page']>[1]> = {}) =>
  desk.page(person, { limit: 50, cursor: null, ...over })

async function store(count: number) {
  const mails = Array.from({ length: count }, (_, n) =>
    anEmail({
      identity: `id:${n}`,
      subject: `Mail ${n}`,
      receivedAt: new Date(NOW.getTime() + (n >> 2) * 1_000),
    }),
  )
  await stores.emails.see(mails)
}

describe('the list of e-mails', () => {
  it('is read to its end by its cursors, each e-mail once, and says how many there are', async () => {
    await store(23)
    const subjects: string[] = []
    let cursor: string | null = null
    let pages = 0
    do {
      const page: EmailPage = await list(alice, { limit: 5, cursor })
      expect(EmailPage.parse(page).total).toBe(23)
      subjects.push(...page.emails.map(({ subject }) => subject))
      cursor = page.nextCursor
      pages++
    } while (cursor)
    expect(pages).toBe(5)
    expect(new Set(subjects).size).toBe(23)
  })

  it('has no further page when the last one is just full', async () => {
    await store(10)
    const { nextCursor } = await list(alice, { limit: 5 })
    expect((await list(alice, { limit: 5, cursor: nextCursor })).nextCursor).toBeNull()
    expect((await list()).nextCursor).toBeNull()
  })

  it('is empty for who has none', async () => {
    await store(3)
    expect(await list(bob)).toEqual({ emails: [], nextCursor: null, total: 0 })
  })

  it('shows of an e-mail that a colleague has, too, only the own sightings', async () => {
    const place = { providerFolderId: 'secret', displayName: 'Secret' }
    const secret = await stores.folders.watch(aFolderToWatch(place), NOW)
    await stores.emails.see([anEmail({ sighting: aSighting({ folderId: inbox }) })])
    const bobs = aSighting({ key: 'bob', ownerUserId: BOB, folderId: secret })
    await stores.emails.see([anEmail({ sighting: bobs })])
    const [email] = (await list()).emails
    expect(email?.sightings.map(({ folderName }) => folderName)).toEqual(['Inbox'])
    expect(email).toMatchObject({ from: { name: 'Carol', address: 'carol@customer.example' } })
  })

  it('can be of one mailbox', async () => {
    await stores.emails.see([anEmail()])
    expect((await list(alice, { mailbox: 'mailbox-alice' })).total).toBe(1)
    expect((await list(alice, { mailbox: 'mailbox-bob' })).total).toBe(0)
  })

  describe('narrowed', () => {
    const DAY_MS = 86_400_000
    const plain = { isRead: true }
    const mails: [string, Partial<Sighting>, boolean][] = [
      ['plain', plain, false],
      ['new', { isRead: false }, false],
      ['deleted', { isRead: false, goneAt: NOW }, false],
      ['by-hand', { ...plain, via: 'add-in' }, false],
      ['with-a-file', plain, true],
    ]
    const ofCarol = 'contact-carol'
    beforeEach(async () => {
      await stores.emails.see(
        mails.map(([name, over, hasAttachments], n) =>
          anEmail({
            ...{ identity: `id:${name}`, subject: name, hasAttachments },
            sighting: aSighting({ key: `sync:${name}`, messageId: name, ...over }),
            receivedAt: new Date(NOW.getTime() - n * DAY_MS),
          }),
        ),
      )
      await emailModel(stores.db).updateOne(
        { identity: 'id:plain' },
        { $set: { contactIds: [ofCarol] } },
      )
      // Bob has not read what Alice has, and his copy of another one is gone: that is not hers to know.
      await stores.emails.see(
        ['plain', 'with-a-file'].map((name) =>
          anEmail({
            ...{ identity: `id:${name}`, subject: name },
            receivedAt: new Date(NOW.getTime() - (name === 'plain' ? 0 : 4) * DAY_MS),
            sighting: aSighting({
              key: `bob:${name}`,
              ownerUserId: BOB,
              isRead: false,
              goneAt: NOW,
            }),
          }),
        ),
      )
    })

    const subjects = async (over: Partial<PageRequest>) => {
      const page = await list(alice, over)
      expect(page.total).toBe(page.emails.length)
      return page.emails.map(({ subject }) => subject)
    }
    const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS).toISOString()

    it.each<[Partial<PageRequest>, string[]]>([
      [{ state: 'unread' }, ['new']],
      [{ state: 'gone' }, ['deleted']],
      [{ state: 'by-hand' }, ['by-hand']],
      [{ state: 'with-attachments' }, ['with-a-file']],
      [{ provider: 'outlook' }, ['plain', 'new', 'deleted', 'by-hand', 'with-a-file']],
      [{ provider: 'outlook', state: 'by-hand' }, ['by-hand']],
      [{ provider: 'outlook', mailbox: 'mailbox-bob' }, []],
      [{ state: 'no-contact' }, ['new', 'deleted', 'by-hand', 'with-a-file']],
      [{ contact: ofCarol }, ['plain']],
      [{ from: ago(1) }, ['plain', 'new']],
      [{ until: ago(3) }, ['with-a-file']],
      [{ from: ago(3), until: ago(1) }, ['deleted', 'by-hand']],
      [{ state: 'unread', contact: ofCarol }, []],
      [{ mailbox: 'mailbox-bob', state: 'unread' }, []],
    ])('to %j, it has those alone, and counts them', async (over, expected) => {
      expect(await subjects(over)).toEqual(expected)
    })

    it('to a provider, it has what was seen there by a copy that is the person’s own to know of', async () => {
      // Bob has this one in Outlook; Alice has it by some other way than a mailbox or the add-in.
      await emailModel(stores.db).updateOne(
        { identity: 'id:plain' },
        { $set: { 'sightings.$[own].via': 'drop-box' } },
        { arrayFilters: [{ 'own.key': 'sync:plain' }] },
      )
      const seen = await subjects({ provider: 'outlook' })
      expect(seen).toEqual(['new', 'deleted', 'by-hand', 'with-a-file'])
      expect(await subjects({})).toEqual(['plain', ...seen])
    })
  })

  it.each([
    'nonsense',
    '',
    '%%%',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["yesterday","id"]').toString('base64url'),
    Buffer.from('["2026-11-20T09:00:00Z",{"$gt":""}]').toString('base64url'),
    Buffer.from('{"receivedAt":"2026-11-20T09:00:00Z"}').toString('base64url'),
    'a'.repeat(10_000),
  ])('is not read from a cursor that nobody gave (%#)', async (cursor) => {
    const refused = list(alice, { cursor })
    await expect(refused).rejects.toBeInstanceOf(BadRequestError)
    await expect(refused).rejects.toMatchObject({ fields: [{ path: 'cursor' }] })
  })
})

describe('whether the CRM has the open message', () => {
  const mailboxAddress = 'alice@flow.example'
  beforeEach(async () => {
    const { blind } = await stores.vault.of(alice.workspaceId)
    const messageIdKey = messageIdKeyOf(blind, '<one@customer.example>')
    const sighting = aSighting({ messageId: 'AAkA', folderId: inbox })
    await stores.emails.see([anEmail({ messageIdKey, sighting })])
  })

  it.each([
    ['its Message-ID', { internetMessageId: '<ONE@customer.example>' }],
    ['its item id', { itemId: 'AAkA' }],
    ['both', { internetMessageId: '<one@customer.example>', itemId: 'AAkA' }],
    ['a Message-ID nobody knows and its item id', { internetMessageId: '<new@x>', itemId: 'AAkA' }],
  ])('is told by %s, with since when', async (_name, names) => {
    expect(await desk.status(alice, { ...names, mailboxAddress })).toMatchObject({
      state: 'stored',
      since: NOW.toISOString(),
      sightings: [{ via: 'sync', folderName: 'Inbox' }],
    })
  })

  it.each([
    ['its Message-ID is unknown', alice, { internetMessageId: '<two@customer.example>' }],
    ['its item id is unknown', alice, { itemId: 'AAka' }],
    [
      'a colleague alone has it',
      bob,
      { internetMessageId: '<one@customer.example>', itemId: 'AAkA' },
    ],
    ['it is of another workspace', aPerson({ workspaceId: 'other' }), { itemId: 'AAkA' }],
  ])('is denied when %s', async (_why, person, names) => {
    expect(await desk.status(person, { ...names, mailboxAddress })).toEqual({ state: 'not-logged' })
  })

  it('says the earliest of several sightings', async () => {
    const earlier = new Date(NOW.getTime() - 60_000)
    await stores.emails.see([anEmail({ sighting: aSighting({ key: 'other', since: earlier }) })])
    const status = await desk.status(alice, { itemId: 'AAkA', mailboxAddress })
    expect(status).toMatchObject({ since: earlier.toISOString() })
  })
})
