import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import type { SharingLevel } from '../../../webhook/crm/decide/visibility.ts'
import { MailboxRules, WorkspaceRules } from '../../../models/wire/rules.ts'
import { bob } from '../../support/builders.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { alice, aRuledMailbox, type RuledMailbox } from './a-ruled-mailbox.ts'

/** An administrator whose mailbox it is not. */
const other = { ...bob, roles: ['member' as const, 'admin' as const] }
const neverCarol = {
  neverLog: [
    {
      kind: 'any-party' as const,
      entries: [{ of: 'address' as const, value: 'carol@customer.example' }],
    },
  ],
}

let box: RuledMailbox
beforeEach(async () => {
  box = await aRuledMailbox()
  const inbox = await box.watch('inbox')
  await box.work()
  await box.deliver({ subject: 'Offer' })
  await box.ringAndWork(inbox)
})
afterEach(() => box[Symbol.asyncDispose]())

const foretold = (person: typeof other | typeof alice, rules: object = neverCarol) =>
  box.desk.dryRun(
    { person, mailbox: box.mailbox },
    { rules: MailboxRules.parse(rules), newest: 10 },
    untilTheEnd,
  )

async function shared(sharing: SharingLevel, contactIds: string[]) {
  await box.mailboxes.saveSettings(box.mailbox._id, { ...box.mailbox.settings, sharing })
  await emailModel(box.db).updateMany({}, { $set: { contactIds } })
}

describe('what a dry run shows of the mail it tells of', () => {
  it('is what lies in the mailbox, to whoever owns it', async () => {
    const { changes, reasons } = await foretold(alice)
    const [email] = await box.storedEmails()
    expect(changes).toMatchObject([
      {
        ...{ effect: 'removed', subject: 'Offer', emailId: email?._id },
        from: { name: 'Carol', address: 'carol@customer.example' },
      },
    ])
    expect(reasons).toMatchObject([{ messages: 1, rule: neverCarol.neverLog[0] }])
  })

  it('is nothing of an unmatched mail, nor of one that is not in the CRM, to an administrator', async () => {
    await shared('full', [])
    const nothing = { subject: null, from: null, emailId: null }
    expect((await foretold(other)).changes).toMatchObject([{ effect: 'removed', ...nothing }])
    await box.own(neverCarol)
    await box.apply()
    expect((await foretold(other, {})).changes).toMatchObject([{ effect: 'added', ...nothing }])
    expect((await foretold(alice, {})).changes).toMatchObject([
      { effect: 'added', subject: 'Offer', emailId: null },
    ])
  })

  it.each([
    ['full', { subject: 'Offer', from: { name: 'Carol' } }],
    ['subject', { subject: 'Offer', from: { name: 'Carol' } }],
    ['metadata', { subject: null, from: { name: 'Carol' } }],
    ['private', { subject: null, from: null, emailId: null }],
  ] as const)(
    'is no more to an administrator than the mailbox shares: %s',
    async (sharing, seen) => {
      await shared(sharing, ['contact-1'])
      expect((await foretold(other)).changes).toMatchObject([seen])
    },
  )
})

describe('rules of the organization that are tried', () => {
  it('hold over those of the mailbox as if they were saved, and are not', async () => {
    await box.own({ automated: 'store' })
    await box.policy({ timeZone: 'Europe/Vienna' })
    const workspaceRules = WorkspaceRules.parse({
      ...{ ...neverCarol, automated: 'keep-out', locked: ['automated'] },
    })
    const before = await box.desk.ofWorkspace(other)
    const told = await box.desk.dryRun(
      { person: other, mailbox: box.mailbox },
      { workspaceRules, newest: 10 },
      untilTheEnd,
    )
    expect(told).toMatchObject({ looked: 1, removed: 1, reasons: [{ messages: 1 }] })
    expect(await box.desk.ofWorkspace(other)).toEqual(before)
    expect((await foretold(alice, {})).removed).toBe(0)
  })
})

describe('what a mailbox inherits', () => {
  it('is told beside what it has chosen; of the organization, what FlowCRM does by itself', async () => {
    await box.policy({ scope: 'contacts' })
    await box.own({ scope: 'all' })
    expect(await box.desk.ofMailbox(box.mailbox)).toMatchObject({
      ...{ inherited: { scope: 'contacts', automated: 'store' }, effective: { scope: 'all' } },
    })
    expect((await box.desk.ofWorkspace(other)).inherited).toMatchObject({ scope: 'all' })
  })
})
