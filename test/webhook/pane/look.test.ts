import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { LookRequest } from '../../../models/wire/pane/look.ts'
import { MailboxRules } from '../../../models/wire/rules.ts'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import { Explainer } from '../../../webhook/explain/explainer.ts'
import { openFollowUps } from '../../../webhook/follow-up/open-follow-ups.ts'
import { DEFAULT_STAGES } from '../../../webhook/follow-up/stages-desk.ts'
import { planOf } from '../../../webhook/limits/plans.ts'
import { PaneDesk } from '../../../webhook/pane/pane-desk.ts'
import type { Account } from '../../../webhook/store/ledger-store.ts'
import { messageIdKeyOf } from '../../../webhook/sync/decide/identity.ts'
import { ruleDeskOn } from '../http/support/rule-desk.ts'
import { graphIsNotAsked } from './graph-is-not-asked.ts'
import {
  anAccount,
  anEmail,
  aNewMailbox,
  aPerson,
  aSighting,
  BOB,
  bob,
  WORKSPACE,
} from '../../support/builders.ts'
import { openContactDesks, type OpenContacts } from '../contacts/open-contact-desks.ts'

let crm: OpenContacts
let desk: PaneDesk
beforeAll(async () => {
  crm = await openContactDesks()
  const emailDesk = new Emails({ ...crm, onLogged: () => undefined })
  const explainer = new Explainer({ ...crm, providers: graphIsNotAsked })
  desk = new PaneDesk({ ...crm, ...openFollowUps(crm), emailDesk, explainer })
})
afterAll(() => crm[Symbol.asyncDispose]())
beforeEach(() => crm.clear())

const alice = aPerson()
const carol = { name: 'Carol', address: 'carol@customer.example' }
const ID = '<one@customer.example>'

const open = (over: Partial<LookRequest> = {}): LookRequest => ({
  ...{ internetMessageId: ID, mailboxAddress: 'alice@flow.example', from: carol },
  ...{ to: [{ name: 'Alice', address: 'alice@flow.example' }], cc: [] },
  ...over,
})
const look = (over: Partial<LookRequest> = {}, person = alice) => desk.look(person, open(over))
const contact = (name: string, ...addresses: string[]) =>
  crm.desks.contacts.create(alice, { name, jobTitle: '', phone: '', addresses })

const keyOf = async (id: string) => messageIdKeyOf((await crm.vault.of(WORKSPACE)).blind, id) ?? ''

/** Alice's mailbox has an account of the open message. */
async function account(over: Partial<Account>) {
  const { _id: mailboxId } = await crm.mailboxes.connect(aNewMailbox())
  const messageIdKey = await keyOf(ID)
  const told = anAccount({ mailboxId, messageIdKey, emailId: null, ...over })
  await crm.ledger.write([{ was: null, account: told, events: [], at: crm.clock.now() }])
}

/** Stores mail from Carol as a page does; the answer is the ids. */
const receive = async (...mail: Parameters<typeof anEmail>[0][]) => {
  const messageIdKey = await keyOf(ID)
  return crm.receive(...mail.map((over) => anEmail({ from: carol, messageIdKey, ...over })))
}

describe('looking at the open message', () => {
  it('says that nobody knows it, and that its mailbox is not connected', async () => {
    expect(await look()).toEqual({
      ...{ message: { state: 'not-logged' }, mailbox: 'not-connected', keptOut: null },
      ...{ contacts: [], strangers: [carol], recent: null, thread: null },
      followUps: { tasks: [], notes: [], stages: [], pipeline: DEFAULT_STAGES },
    })
  })

  it('says since when it is stored, and where it was seen', async () => {
    const [emailId = ''] = await receive({})
    const { message } = await look()
    expect(message).toMatchObject({ state: 'stored', emailId, sightings: [{ via: 'sync' }] })
  })

  it.each([
    [{ state: 'excluded', reason: 'internal-only' }, true, 'Everybody who takes part'],
    [{ state: 'excluded', reason: 'marked-private' }, false, 'marked as private'],
    [{ state: 'pending', reason: 'daily-limit' }, true, 'used up'],
    [{ state: 'failed', reason: 'too-large' }, true, 'larger than'],
    [{ state: 'gone', reason: 'moved-out' }, true, 'not watched'],
  ] as const)(
    'tells the reason of %j, and whether it can be logged',
    async (told, canLog, words) => {
      await account(told)
      const { message, mailbox } = await look()
      expect(message).toMatchObject({ ...told, canLog })
      expect(JSON.stringify(message)).toContain(words)
      expect(mailbox).toBe('connected')
    },
  )

  it('takes the copy that is still there for what counts', async () => {
    await account({ state: 'gone', reason: 'moved-out', messageId: 'old' })
    await account({ state: 'excluded', reason: 'automated', messageId: 'new' })
    expect((await look()).message).toMatchObject({ state: 'excluded', reason: 'automated' })
  })

  it('does not call a message stored that this person has no e-mail of', async () => {
    await account({ state: 'stored', reason: 'new' })
    expect((await look()).message).toEqual({ state: 'not-logged' })
  })

  it('says whether this person keeps its conversation out, as Outlook spells it', async () => {
    const mailbox = await crm.mailboxes.connect(aNewMailbox())
    const { db, vault, clock } = crm
    const audit = { write: async () => undefined }
    const rules = ruleDeskOn({ db, vault, clock, audit, plan: planOf('enterprise') })
    const keptOut = MailboxRules.parse({ keptOut: ['AAQ-talk_1='] })
    await rules.saveMailbox({ person: alice, mailbox }, 0, { rules: keptOut })
    const beside = async (conversationId: string) =>
      (await desk.look(alice, LookRequest.parse({ ...open(), conversationId }))).keptOut
    expect(await beside('AAQ/talk+1=')).toBe(true)
    expect(await beside('AAQ/talk+2=')).toBe(false)
    expect((await look()).keptOut).toBeNull()
  })

  it('knows nothing of what a colleague has an account of', async () => {
    await account({ state: 'excluded', reason: 'automated' })
    expect((await look({}, bob)).message).toEqual({ state: 'not-logged' })
  })
})

describe('the people of the open message', () => {
  it('are all contacts that match, the closest first, with reason and company', async () => {
    await crm.desks.companies.create(alice, { name: 'Customer', domains: ['customer.example'] })
    await contact('In copy', 'dave@customer.example')
    await contact('Carol Jones', 'carol@customer.example')
    const { contacts, strangers } = await look({
      cc: [
        { name: '', address: 'dave+x@customer.example' },
        { name: 'Eve', address: 'eve@x.example' },
      ],
    })
    expect(
      contacts.map(({ contact: { name, company }, reasons }) => [
        ...[name, company?.name],
        ...reasons.map(({ by, role }) => `${role} by ${by}`),
      ]),
    ).toEqual([
      ['Carol Jones', 'Customer', 'from by address'],
      ['In copy', 'Customer', 'cc by plus-tag'],
    ])
    expect(strangers).toEqual([{ name: 'Eve', address: 'eve@x.example' }])
  })

  it('are the same once it is stored, less those that a person took off', async () => {
    const { id: carolId } = await contact('Carol Jones', 'carol@customer.example')
    const [emailId = ''] = await receive({})
    expect((await look()).contacts.map((each) => each.contact.id)).toEqual([carolId])
    await crm.desks.matches.pin(alice, { emailId, contactId: carolId, belongs: false })
    expect((await look()).contacts).toEqual([])
  })

  it('leave out colleagues and machines', async () => {
    const { strangers } = await look({
      from: { name: '', address: 'no-reply@shop.example' },
      to: [{ name: 'Bob', address: 'bob@flow.example' }],
    })
    expect(strangers).toEqual([])
  })

  it('can take one more address, and keep what they have', async () => {
    const { id: contactId } = await contact('Carol', 'carol@old.example')
    const { addresses } = await desk.addAddress(alice, {
      ...{ contactId, address: 'carol@customer.example' },
    })
    expect(addresses.map(({ address }) => address)).toEqual([
      'carol@old.example',
      'carol@customer.example',
    ])
    const missing = { contactId: 'nobody', address: 'x@y.example' }
    await expect(desk.addAddress(alice, missing)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the mail around the open message', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      identity: `id:${at}`,
      messageIdKey: `key:${at}`,
      subject: `Mail ${at}`,
      receivedAt: new Date(Date.UTC(2026, 9, 1 + at)),
    }))

  it('is the newest with the first contact, and how many there are', async () => {
    const { id: contactId } = await contact('Carol', 'carol@customer.example')
    await receive(...others(7))
    const { recent } = await look()
    expect(recent).toMatchObject({ contactId, total: 7 })
    expect(recent?.emails.map(({ subject }) => subject)).toEqual([
      ...['Mail 6', 'Mail 5', 'Mail 4', 'Mail 3', 'Mail 2'],
    ])
  })

  it('is the conversation, the newest first, which is not told twice', async () => {
    await contact('Carol', 'carol@customer.example')
    const threadId = 'thread-1'
    const [one, two, three] = others(3)
    await receive({ threadId }, { ...one, threadId }, { ...two, threadId }, three)
    const { thread, recent } = await look()
    expect(thread).toMatchObject({ id: threadId, total: 3 })
    expect(thread?.emails.map(({ subject }) => subject)).toEqual(['Offer', 'Mail 1', 'Mail 0'])
    expect(recent?.total).toBe(1)
    expect(recent?.emails.map(({ subject }) => subject)).toEqual(['Mail 2'])
  })

  it('is only what this person may see, and looking at it is written down', async () => {
    await contact('Carol', 'carol@customer.example')
    const sighting = aSighting({ key: 'bobs', ownerUserId: BOB, mailboxId: 'mailbox-bob' })
    await receive(...others(2).map((each) => ({ ...each, sighting })))
    const before = crm.audit.written.length
    expect((await look()).recent).toMatchObject({ emails: [], total: 0 })
    expect(crm.audit.written.slice(before)).toEqual([])
    expect((await look({ mailboxAddress: 'bob@flow.example' }, bob)).recent?.total).toBe(2)
    expect(crm.audit.written.slice(before)).toMatchObject([
      { action: 'emails-listed', object: { kind: 'contact' }, details: { count: 2 } },
    ])
  })
})

describe('asking why', () => {
  const signal = new AbortController().signal

  it('is answered from the ledger of the mailbox that the message is open in', async () => {
    await account({ state: 'excluded', reason: 'automated' })
    const key = { internetMessageId: ID, mailboxAddress: 'Alice@flow.example' }
    expect(await desk.explain(alice, key, signal)).toMatchObject({
      answer: 'accounted',
      accounts: [{ state: 'excluded', reason: 'automated' }],
    })
  })

  it('is as good as asking about nothing where the mailbox is not theirs', async () => {
    await account({ state: 'excluded', reason: 'automated' })
    const key = { internetMessageId: ID, mailboxAddress: 'alice@flow.example' }
    await expect(desk.explain(bob, key, signal)).rejects.toMatchObject({ code: 'not-found' })
  })
})
