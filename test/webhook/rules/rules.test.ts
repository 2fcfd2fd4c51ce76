import { afterAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DAY, MINUTE } from '../../../webhook/duration.ts'
import type { StoredRuleSet } from '../../../models/rule-set.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import { MailboxRules, WorkspaceRules } from '../../../models/wire/rules.ts'
import { ownerOf } from '../../../webhook/rules/desk.ts'
import { reevaluate } from '../../../webhook/rules/decide-again.ts'
import { mergeRules } from '../../../webhook/rules/merge.ts'
import { RuleBook } from '../../../webhook/rules/rule-book.ts'
import { RULE_VERSION } from '../../../webhook/sync/decide/rules.ts'
import { aPerson } from '../../support/builders.ts'
import { untilTheEnd, ALICE } from '../provider/graph/graphs.ts'
import { admin, alice, aRuledMailbox, type RuledMailbox } from './a-ruled-mailbox.ts'

let box: RuledMailbox
let inbox = ''
beforeEach(async () => {
  box = await aRuledMailbox()
  inbox = await box.watch('inbox')
  await box.work()
})
const done: RuledMailbox[] = []
beforeEach(() => void done.push(box))
afterAll(async () => {
  for (const each of done) await each[Symbol.asyncDispose]()
})

const emailsNow = async () => (await box.storedEmails()).length
const never = (value: string, kind: 'any-party' | 'all-parties' = 'any-party') => [
  { kind, entries: [{ of: 'address' as const, value }] },
]

describe('rules that are saved', () => {
  it('decide on new mail and leave what is stored alone', async () => {
    await box.deliver({ subject: 'Before' })
    await box.ringAndWork(inbox)
    await box.own({ neverLog: never('Carol@CUSTOMER.example') })
    await box.deliver({ subject: 'After' })
    await box.ringAndWork(inbox)
    const [rule] = (await box.desk.ofMailbox(box.mailbox)).rules.neverLog
    expect(await box.reasons()).toEqual({
      Before: 'stored new',
      After: `excluded rule:${rule?.id}`,
    })
    expect(await emailsNow()).toBe(1)
  })

  it('keep out each kind of mail they are about', async () => {
    await box.policy({
      ...{
        internalOnly: 'keep-out',
        automated: 'keep-out',
        privacyAddresses: ['privacy@drop.example'],
      },
    })
    await box.own({ noCrmCategory: 'Privat' })
    await box.deliver({ subject: 'Internal', from: 'bob@flow.example' })
    await box.deliver({ subject: 'Machine', lines: ['List-Id: <x.example>'] })
    await box.deliver({ subject: 'Copied', cc: 'privacy@drop.example' })
    await box.deliver({ subject: 'Private', lines: ['Sensitivity: Private'] })
    await box.deliver({ subject: 'Marked', categories: ['PRIVAT'] })
    await box.deliver({ subject: 'Wanted' })
    await box.ringAndWork(inbox)
    expect(await box.reasons()).toEqual({
      ...{ Internal: 'excluded internal-only', Machine: 'excluded automated' },
      ...{ Copied: 'excluded privacy-bcc', Private: 'excluded marked-private' },
      ...{ Marked: 'excluded category-no-crm', Wanted: 'stored new' },
    })
    // No text of what stays out is anywhere.
    expect(await emailsNow()).toBe(1)
  })

  it.each(['read-flips', 'all'] as const)(
    'are obeyed by a message that is marked later, and marked no more (%s)',
    async (deltaSparse) => {
      box.graph.mailboxes.knobs.deltaSparse = deltaSparse
      const { defaultId } = await box.deliver({ subject: 'One' })
      await box.ringAndWork(inbox)
      box.graph.mailboxes.patch(ALICE, defaultId, { categories: ['No-CRM'] })
      await box.ringAndWork(inbox)
      expect(await box.reasons()).toEqual({ One: 'excluded category-no-crm' })
      expect(await emailsNow()).toBe(0)
      box.graph.mailboxes.patch(ALICE, defaultId, { categories: [] })
      await box.ringAndWork(inbox)
      expect(await box.reasons()).toEqual({ One: 'stored re-evaluated' })
      expect(await emailsNow()).toBe(1)
    },
  )

  it('are versions: the newest holds, each can be restored, and two who save at once do not both', async () => {
    await box.own({ scope: 'contacts' })
    await box.own({ scope: 'all' })
    await box.deliver({ subject: 'Now' })
    await box.ringAndWork(inbox)
    await box.desk.undo(alice, ownerOf(box.mailbox), { version: 2, to: 1 })
    const now = await box.desk.ofMailbox(box.mailbox)
    expect(now).toMatchObject({ version: 3, rules: { scope: 'contacts' }, byName: 'Alice' })
    const { versions } = await box.desk.versions(ownerOf(box.mailbox))
    expect(versions.map(({ version, restored }) => [version, restored])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ])
    const both = [{ scope: 'all' as const }, { scope: 'folders' as const }].map((rules) =>
      box.desk.saveMailbox({ person: alice, mailbox: box.mailbox }, 3, {
        rules: MailboxRules.parse(rules),
      }),
    )
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status)
    expect(outcomes.toSorted()).toEqual(['fulfilled', 'rejected'])
    const [entry] = await box.accounts()
    expect(entry?.ruleVersion).toBe(now.effective.version - 1)
    expect(new Set(box.audited)).toEqual(new Set(['rules-changed', 'rules-undone']))
  })

  it('hold no address in clear', async () => {
    await box.own({ neverLog: never('doctor@clinic.example') })
    await box.policy({ ownDomains: ['secret-brand.example'] })
    const [ours, theirs] = await box.db.collection('ruleSets').find().toArray()
    const dump =
      JSON.stringify([ours, theirs]) +
      String((ours as unknown as StoredRuleSet).sealed.fields.rules)
    expect(dump).not.toMatch(/clinic|secret-brand|Alice/)
  })

  it('that are locked cannot be chosen otherwise, and hold whatever was chosen before', async () => {
    await box.own({ automated: 'store' })
    await box.policy({ automated: 'keep-out', locked: ['automated'] })
    expect(await box.desk.ofMailbox(box.mailbox)).toMatchObject({
      locked: ['automated'],
      effective: { automated: 'keep-out' },
    })
    await expect(box.own({ automated: 'store' })).rejects.toMatchObject({
      fields: [{ path: 'rules.automated' }],
    })
    await expect(box.own({ neverLog: never('not an address') })).rejects.toMatchObject({
      fields: [{ path: 'rules.neverLog.0.entries.0.value' }],
    })
    await expect(box.policy({ timeZone: 'Europe/Nowhere' })).rejects.toMatchObject({
      fields: [{ path: 'rules.timeZone' }],
    })
  })
})

describe('rules in one', () => {
  const choice = fc.record(
    {
      scope: fc.constantFrom('all' as const, 'folders' as const, 'contacts' as const),
      automated: fc.constantFrom('store' as const, 'keep-out' as const),
      internalOnly: fc.constantFrom('store' as const, 'keep-out' as const),
    },
    { requiredKeys: [] },
  )
  it('are the lock, else the mailbox’s, else the policy’s, else the product’s, whatever they are', () => {
    const versions = fc.tuple(fc.nat(9), fc.nat(9))
    const locks = fc.subarray(['scope', 'automated', 'internalOnly'] as const)
    fc.assert(
      fc.property(choice, choice, locks, versions, (policy, own, locked, [v, w]) => {
        const merged = mergeRules(
          { version: v, rules: WorkspaceRules.parse({ ...policy, locked }) },
          { version: w, rules: MailboxRules.parse(own) },
          { windowDays: 30 },
        )
        const mine = locked.includes('scope') ? undefined : own.scope
        expect(merged.scope).toBe(mine ?? policy.scope ?? 'all')
        const mineToo = locked.includes('automated') ? undefined : own.automated
        expect(merged.automated).toBe(mineToo ?? policy.automated ?? 'store')
        expect([merged.version, merged.windowDays]).toEqual([RULE_VERSION + v + w, 30])
      }),
    )
  })
})

describe('rules that are applied', () => {
  it('take out what they keep out and bring what they let in, and can be undone', async () => {
    await box.own({ neverLog: never('dan@customer.example') })
    await box.deliver({ subject: 'Of Carol' })
    await box.deliver({ subject: 'Of Dan', from: 'dan@customer.example' })
    await box.ringAndWork(inbox)
    await box.own({ neverLog: never('carol@customer.example') })
    await box.apply()
    const [rule] = (await box.desk.ofMailbox(box.mailbox)).rules.neverLog
    expect(await box.reasons()).toEqual({
      'Of Carol': `excluded rule:${rule?.id}`,
      'Of Dan': 'stored re-evaluated',
    })
    await box.desk.undo(alice, ownerOf(box.mailbox), { version: 2, to: 1 })
    await box.apply()
    expect(await box.reasons()).toMatchObject({ 'Of Carol': 'stored re-evaluated' })
    expect(await emailsNow()).toBe(1)
    expect(await box.work()).toBe(0)
  })

  it('leave an e-mail to a colleague who has it, too', async () => {
    const bobs = await box.mailboxes.connect({
      ...{
        workspaceId: box.mailbox.workspaceId,
        providerUserId: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
      },
      ...{ address: 'bob@flow.example', displayName: 'Bob', authMode: 'delegated' },
      ...{ ownerUserId: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb', homeAccountId: 'bob' },
    })
    const { id } = box.graph.mailboxes.folder(bobs.providerUserId, 'inbox')
    const place = { workspaceId: bobs.workspaceId, mailboxId: bobs._id, displayName: 'Inbox' }
    await box.folders.watch({ ...place, providerFolderId: id, totalItemCount: 0 }, box.clock.now())
    const mime = Buffer.from(
      'From: carol@customer.example\r\nTo: alice@flow.example, bob@flow.example\r\nSubject: Both\r\nMessage-ID: <both@x.example>\r\n\r\nHi',
    )
    for (const user of [ALICE, bobs.providerUserId])
      await box.graph.mailboxes.deliver(user, { mime })
    await box.ringAndWork(inbox)
    await box.own({ neverLog: never('carol@customer.example') })
    const foretold = await box.desk.dryRun(
      { person: alice, mailbox: box.mailbox },
      { newest: 10 },
      untilTheEnd,
    )
    expect(foretold).toMatchObject({ added: 0, removed: 0, hidden: 1 })
    await box.apply()
    const [email] = await box.storedEmails()
    expect(email?.sightings.map(({ mailboxId }) => mailboxId)).toEqual([bobs._id])
  })
})

describe('a new contact', () => {
  it('brings the mail that was left out for want of one, and nothing else', async () => {
    const known = new Set<string>()
    const contacts = {
      known: async (_workspace: string, keys: readonly string[]) =>
        new Map(keys.filter((key) => known.has(key)).map((key) => [key, ['contact-1']])),
    }
    const suppressions = { of: async () => new Set<string>() }
    const policies = new RuleBook({ ...box, contacts, suppressions })
    await box.own({ scope: 'contacts' })
    await box.deliver({ subject: 'Of Carol' })
    await box.deliver({ subject: 'Of Dan', from: 'dan@customer.example' })
    await box.queue.ring([inbox])
    await box.clock.advance(MINUTE)
    await box.work({ policies })
    expect(await box.reasons()).toEqual({
      ...{ 'Of Carol': 'excluded no-contact', 'Of Dan': 'excluded no-contact' },
    })
    const { blind } = await box.vault.of(box.mailbox.workspaceId)
    const key = blind('address', 'carol@customer.example')
    known.add(key)
    const { workspaceId } = box.mailbox
    expect(await reevaluate(box, workspaceId, { addressKeys: [key] })).toBe(1)
    await box.work({ policies })
    expect(await box.reasons()).toEqual({
      ...{ 'Of Carol': 'stored re-evaluated', 'Of Dan': 'excluded no-contact' },
    })
    expect(await reevaluate(box, workspaceId, { addressKeys: [key] })).toBe(0)
    expect(await reevaluate(box, 'another', { addressKeys: [key] })).toBe(0)
  })
})

describe('somebody who was erased', () => {
  it('is not brought back by the next mail, whoever else takes part', async () => {
    const { blind } = await box.vault.of(box.mailbox.workspaceId)
    const erased = new Set([blind('address', 'dan@customer.example')])
    const suppressions = { of: async () => erased }
    const contacts = { known: async () => new Map<string, string[]>() }
    const policies = new RuleBook({ ...box, contacts, suppressions })
    await box.deliver({ subject: 'With Dan', cc: 'Dan+x <DAN+x@customer.example>' })
    await box.queue.ring([inbox])
    await box.clock.advance(MINUTE)
    await box.work({ policies })
    expect(await box.reasons()).toEqual({ 'With Dan': 'excluded erased-person' })
  })
})

describe('the desk', () => {
  it('answers for the workspace and applies everywhere', async () => {
    expect(await box.desk.ofWorkspace(admin)).toMatchObject({ version: 0, byName: null })
    await box.policy({ scope: 'contacts', locked: ['scope'], timeZone: 'Europe/Vienna' })
    expect(await box.desk.ofWorkspace(admin)).toMatchObject({ version: 1, byName: 'Alice' })
    await box.deliver({ subject: 'One' })
    expect(await box.desk.applyEverywhere(admin)).toBe(1)
    await box.work()
    expect(await box.reasons()).toEqual({ One: 'excluded no-contact' })
    const usage = await box.desk.usage(aPerson())
    expect(usage).toMatchObject({ plan: 'enterprise', stored: { used: 0, most: null } })
    expect(Date.parse(usage.day.endsAt) - box.clock.now().getTime()).toBeLessThanOrEqual(DAY)
  })

  it('leaves another workspace’s rules to it', async () => {
    await box.policy({ scope: 'contacts' })
    const stranger: Mailbox = { ...box.mailbox, workspaceId: 'another' }
    expect((await box.policies.rulesOf(stranger)).scope).toBe('all')
  })
})
