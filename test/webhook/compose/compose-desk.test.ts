import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { composeChoiceModel } from '../../../models/compose-choice.ts'
import type { ComposeRequest } from '../../../models/wire/pane/compose.ts'
import { WorkspaceRules } from '../../../models/wire/rules.ts'
import type { z } from 'zod'
import type { Audit } from '../../../webhook/audit/audit.ts'
import { ComposeDesk } from '../../../webhook/compose/compose-desk.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { ProviderError } from '../../../webhook/errors.ts'
import type { MailProvider, Providers } from '../../../webhook/provider/provider.ts'
import { cleanWorkspaceRules } from '../../../webhook/rules/clean.ts'
import { anEmail, aNewMailbox, aPerson, bob, WORKSPACE } from '../../support/builders.ts'
import { openContactDesks, type OpenContacts } from '../contacts/open-contact-desks.ts'

/** A mailbox that cannot be asked: test/webhook/compose/sent-mail.test.ts has one that can. */
const silent: Providers = {
  forMailbox: () =>
    ({
      sentFolderId: async () =>
        Promise.reject(new ProviderError('provider-unavailable', 'later', 'down.')),
    }) as Partial<MailProvider> as MailProvider,
}

let crm: OpenContacts
let desk: ComposeDesk
beforeAll(async () => {
  crm = await openContactDesks()
  const audit: Audit = { write: async (entry) => void crm.audited.push(entry) }
  desk = new ComposeDesk({ ...crm, audit, providers: silent })
})
afterAll(() => crm[Symbol.asyncDispose]())
beforeEach(() => crm.clear())

const ID = '7d0f8b7e-4c55-4f0a-9a1e-0c5a4b0f6d21'
const alice = aPerson()
const carol = { name: 'Carol', address: 'carol@customer.example' }
const dave = { name: 'Dave', address: 'dave@flow.example' }
const mailboxAddress = 'alice@flow.example'

const look = (over: Partial<ComposeRequest> = {}, person = alice) =>
  desk.look(person, {
    ...{ mailboxAddress, to: [carol], cc: [], bcc: [] },
    ...{ categories: [], sensitivity: null, choiceId: null },
    ...over,
  })
const choice = { log: true, track: false, copied: false }
const choose = (over: Partial<typeof choice> = {}, person = alice) =>
  desk.choose(person, { id: ID, mailboxAddress, ...choice, ...over })

let versions = 0
/** The organization's rules from now on. */
const policy = async (wanted: z.input<typeof WorkspaceRules>) => {
  const { blind } = await crm.vault.of(WORKSPACE)
  const rules = cleanWorkspaceRules(WorkspaceRules.parse(wanted), blind)
  const saved = { version: ++versions, savedAt: crm.clock.now(), restored: null }
  const by = { byUserId: alice.userId, byName: 'Admin' }
  await crm.ruleStore.add(
    { workspaceId: WORKSPACE, ownerId: WORKSPACE },
    { ...saved, ...by, rules },
  )
}

describe('whom a message is to', () => {
  it('is told with company, reason and last e-mail, in blind copy too', async () => {
    await crm.desks.companies.create(alice, { name: 'Customer', domains: ['customer.example'] })
    const details = { jobTitle: '', phone: '', addresses: [carol.address] }
    await crm.desks.contacts.create(alice, { name: 'Carol Jones', ...details })
    await crm.receive(anEmail({ from: carol, subject: 'Beans' }))
    crm.audited.length = 0
    const eve = { name: 'Eve', address: 'eve@elsewhere.example' }
    const { contacts, strangers } = await look({ to: [eve], bcc: [carol] })
    expect(contacts).toMatchObject([
      {
        contact: { name: 'Carol Jones', company: { name: 'Customer' } },
        reasons: [{ role: 'bcc', by: 'address' }],
        last: { subject: 'Beans' },
      },
    ])
    expect(strangers).toEqual([eve])
    expect(crm.audited).toMatchObject([{ action: 'emails-listed', details: { count: 1 } }])
  })

  it('is nobody yet, and nothing is held against that', async () => {
    expect(await look({ to: [] })).toEqual({
      ...{ mailbox: 'not-connected', sent: 'unknown', contacts: [], strangers: [], forecast: null },
      ...{ choice: null, dropBox: null },
    })
  })
})

describe('what is said beforehand', () => {
  beforeEach(async () => {
    await crm.mailboxes.connect(aNewMailbox())
    await crm.clock.advance(MINUTE) // until its domain is known as the organization's
  })

  it('is nothing, where nothing keeps the message out', async () => {
    expect(await look()).toMatchObject({
      ...{ mailbox: 'connected', sent: 'unknown', forecast: null },
    })
  })

  it.each([
    [{ to: [dave] }, 'internal-only', true],
    [{ categories: ['no-crm'] }, 'category-no-crm', false],
    [{ sensitivity: 'private' as const }, 'marked-private', false],
    // The order of the verdict: the first that speaks decides.
    [{ to: [dave], sensitivity: 'personal' as const }, 'marked-private', false],
    [{ to: [], categories: ['No-CRM'] }, 'category-no-crm', false],
  ])('of %j is %s', async (over, reason, canLog) => {
    const { forecast } = await look(over)
    expect(forecast).toMatchObject({ reason, canLog })
    expect(forecast?.sentence).toMatch(/\.$/)
  })

  it('names a never-log rule, and the address that keeps mail out', async () => {
    await policy({
      neverLog: [{ kind: 'any-party', entries: [{ of: 'address', value: carol.address }] }],
      privacyAddresses: ['privacy@flow.example'],
    })
    expect((await look()).forecast).toMatchObject({
      reason: expect.stringMatching(/^rule:/),
      canLog: false,
    })
    const privacy = { name: '', address: 'privacy@flow.example' }
    expect((await look({ bcc: [privacy] })).forecast).toMatchObject({ reason: 'privacy-bcc' })
  })
})

describe('what was chosen for a draft', () => {
  it('is there again for its writer, and for nobody else', async () => {
    await choose()
    expect((await look({ choiceId: ID })).choice).toEqual(choice)
    expect((await look({ choiceId: ID }, bob)).choice).toBeNull()
  })

  it('can be said often and otherwise, by its writer alone', async () => {
    await Promise.all(Array.from({ length: 5 }, () => choose()))
    await choose({ track: true })
    await expect(choose({}, bob)).rejects.toMatchObject({ code: 'not-found' })
    expect((await look({ choiceId: ID })).choice).toEqual({ ...choice, track: true })
    expect(crm.audited.at(-1)).toMatchObject({ action: 'sending-chosen' })
  })

  it('is kept without a word about the message', async () => {
    await choose()
    const kept = JSON.stringify(await composeChoiceModel(crm.db).find().lean())
    for (const word of [ID, 'alice@', 'carol', 'flow.example']) expect(kept).not.toContain(word)
  })
})

describe('the drop-box', () => {
  it('is copied by itself only where the organization has switched that on', async () => {
    const dropBox = { address: 'Save@Flow.example', byItself: false }
    await policy({ dropBox })
    expect((await look()).dropBox).toBeNull()
    await policy({ dropBox: { ...dropBox, byItself: true } })
    expect((await look()).dropBox).toBe('save@flow.example')
  })
})
