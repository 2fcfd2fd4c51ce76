import { describe, expect, it } from '@jest/globals'
import type { Folder } from '../../../models/folder.ts'
import type { CredentialAction, Mailbox } from '../../../models/mailbox.ts'
import type { Light } from '../../../models/wire/mailbox.ts'
import { folderLight, mailboxLight, type FolderFacts } from '../../../webhook/crm/light.ts'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { AADSTS_MEANINGS } from '../../../webhook/sign-in/decide/aadsts.ts'
import { aFolder, aMailbox, aProof, aSubscription, NOW } from '../../support/builders.ts'

const alive = () => aSubscription()
const lightOf = (over: Partial<Folder> = {}, facts: Partial<FolderFacts> = {}): Light =>
  folderLight({
    folder: aFolder(over),
    subscription: alive(),
    pollEveryMinutes: null,
    reconcileMs: DAY,
    now: NOW,
    ...facts,
  })
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const backfilling = { backfill: { done: 1, total: 3, startedAt: NOW, finishedAt: null } }

describe('the light of a folder', () => {
  it('is green when it is complete, proven and announced', () => {
    expect(lightOf()).toEqual({
      colour: 'green',
      sentence: 'Complete: compared with the mailbox, message by message.',
    })
  })

  it('is green without a subscription where somebody chose to have it asked now and then', () => {
    const polled = lightOf({}, { subscription: null, pollEveryMinutes: 15 })
    expect(polled.colour).toBe('green')
    expect(polled.sentence).toMatch(/Asked every 15 minutes/)
  })

  it.each([
    [1, /found 1 message that was wrong and mended it/],
    [7, /found 7 messages that were wrong and mended them/],
  ])('is green and says so when it has healed %i', (repaired, sentence) => {
    const light = lightOf({ proof: aProof({ repaired }) })
    expect(light.colour).toBe('green')
    expect(light.sentence).toMatch(sentence)
  })

  it.each([
    [{ failed: 1 }, /1 message is accounted for and could not be stored/],
    [{ failed: 2, pending: 1 }, /3 messages are accounted for and could not be stored/],
  ])('is green and says so when some mail could not be stored: %j', (counts, sentence) => {
    const none = { pending: 0, stored: 3, excluded: 0, failed: 0, gone: 0 }
    const light = lightOf({ proof: aProof({ counts: { ...none, ...counts } }) })
    expect(light.colour).toBe('green')
    expect(light.sentence).toMatch(sentence)
  })

  it('is red after three failures in a row, with the code for the admin, whatever else is well', () => {
    const light = lightOf({ attempts: 3, lastErrorCode: 'provider-unavailable' })
    expect(light).toMatchObject({ colour: 'red', todo: expect.any(String) })
    expect(light.sentence).toContain('3 times in a row (provider-unavailable)')
    expect(lightOf({ attempts: 7 }).sentence).toContain('(internal)')
  })

  it.each<[string, () => Light, RegExp]>([
    [
      'it was deleted',
      () => lightOf({ deletedAt: NOW, attempts: 9 }),
      /was deleted in the mailbox/,
    ],
    ['the last try failed', () => lightOf({ attempts: 1, lastErrorCode: 'x' }), /failed \(x\)/],
    ['earlier mail is still read', () => lightOf(backfilling), /Earlier mail is being read/],
    ['nobody announces new mail', () => lightOf({}, { subscription: null }), /asked every minute/],
    [
      'the subscription has run out',
      () => lightOf({}, { subscription: aSubscription({ expiresAt: NOW }) }),
      /asked every minute/,
    ],
    [
      'it was asked to be compared anew',
      () => lightOf({ dirtySeq: 2, doneSeq: 1, proofDueAt: NOW }),
      /is being compared/,
    ],
    ['there is no proof yet', () => lightOf({ proof: null }), /is being compared/],
    [
      'the proof failed',
      () => lightOf({ proof: aProof({ equal: false, missing: 2, surplus: 3 }) }),
      /^5 messages differ/,
    ],
    [
      'the proof failed by one',
      () => lightOf({ proof: aProof({ equal: false, missing: 1 }) }),
      /^1 message differs/,
    ],
    ['the proof is old', () => lightOf({ proof: aProof({ at: ago(25 * HOUR + 1) }) }), /too old/],
    [
      'the proof is old where it is wanted every hour',
      () => lightOf({ proof: aProof({ at: ago(2 * HOUR + 1) }) }, { reconcileMs: HOUR }),
      /too old/,
    ],
    [
      'a polled folder has no proof',
      () => lightOf({ proof: null }, { subscription: null, pollEveryMinutes: 5 }),
      /is being compared/,
    ],
  ])('is amber while %s', (_why, light, sentence) => {
    expect(light().colour).toBe('amber')
    expect(light().sentence).toMatch(sentence)
  })

  it('stays green while a bell is answered, and while the daily comparison is made', () => {
    expect(lightOf({ dirtySeq: 2, doneSeq: 1 }).colour).toBe('green')
    expect(lightOf({ proofDueAt: NOW }).colour).toBe('green')
  })

  it('stays green for an hour when the proof is late', () => {
    expect(lightOf({ proof: aProof({ at: ago(24 * HOUR + 59 * MINUTE) }) }).colour).toBe('green')
    expect(lightOf({ proof: aProof({ at: ago(25 * HOUR) }) }).colour).toBe('green')
  })

  it('tells what matters most when several things are amiss', () => {
    const all = { ...backfilling, proof: null }
    const quiet = { subscription: null }
    expect(lightOf({ ...all, attempts: 3 }, quiet).colour).toBe('red')
    expect(lightOf(all, quiet).sentence).toMatch(/Earlier mail/)
    expect(lightOf({ proof: null }, quiet).sentence).toMatch(/asked every minute/)
  })
})

describe('the light of a mailbox', () => {
  const folder = (displayName: string, light: Light) => ({ displayName, light })
  const green = folder('Inbox', { colour: 'green', sentence: 'Complete.' })
  const amber = folder('Sent Items', { colour: 'amber', sentence: 'Soon.' })
  const red = folder('Archive', { colour: 'red', sentence: 'Broken.', todo: 'Mend it.' })

  it.each([
    [[green], { colour: 'green', sentence: 'Complete.' }],
    [[green, amber, green], { colour: 'amber', sentence: 'Sent Items: Soon.' }],
    [[amber, red, green], { colour: 'red', sentence: 'Archive: Broken.', todo: 'Mend it.' }],
    [[green, red, amber], { colour: 'red', sentence: 'Archive: Broken.', todo: 'Mend it.' }],
  ])('is as bad as its worst folder, and names it %#', (folders, light) => {
    expect(mailboxLight(aMailbox(), folders)).toEqual(light)
  })

  it('tells of the first of several folders that are equally bad', () => {
    const other = folder('Drafts', { colour: 'amber', sentence: 'Later.' })
    expect(mailboxLight(aMailbox(), [green, amber, other]).sentence).toBe('Sent Items: Soon.')
  })

  it('is off when no folder is watched', () => {
    expect(mailboxLight(aMailbox(), [])).toMatchObject({ colour: 'off', todo: 'Choose folders.' })
  })

  it('is off when somebody paused it, and says who', () => {
    const paused = { at: NOW, byName: 'Ada Admin' }
    const light = mailboxLight(aMailbox({ paused }), [red])
    expect(light).toMatchObject({ colour: 'off', todo: expect.stringContaining('Resume') })
    expect(light.sentence).toContain('Paused by Ada Admin')
  })

  it.each([
    [0, 'Disconnected. What is left of it is being put away.'],
    [7, 'Disconnected. What is left of it is being put away: 3 of 7.'],
  ])('tells how much of it is put away once it is known: of %d', (total, sentence) => {
    const done = Math.min(3, total)
    const ending = {
      at: NOW,
      mail: 'keep' as const,
      done,
      total,
      dueAt: NOW,
      leaving: [],
      tokens: null,
    }
    expect(mailboxLight(aMailbox({ status: 'disconnected', ending }), [])).toMatchObject({
      sentence,
    })
  })

  const inTrouble = (action: CredentialAction, code: string): Mailbox =>
    aMailbox({
      status: action === 'reconnect' || action === 'consent' ? 'reconnect-needed' : 'blocked',
      trouble: { action, code, since: NOW },
      paused: { at: NOW, byName: 'Ada' },
    })

  it.each<[CredentialAction, RegExp, RegExp]>([
    ['reconnect', /no longer lets FlowCRM read/, /Connect it again/],
    ['consent', /allowed again/, /Connect it again and agree/],
    ['admin', /does not let FlowCRM read/, /administrator/],
    ['policy', /policy of the organization/i, /administrator/],
    ['operator', /FlowCRM itself/, /Whoever runs FlowCRM/],
  ])('is red on trouble for "%s", however green its folders are', (action, sentence, todo) => {
    const light = mailboxLight(inTrouble(action, 'some-code'), [green])
    expect(light.colour).toBe('red')
    expect(light.sentence).toMatch(sentence)
    expect(light.sentence).toContain('(some-code)')
    expect(light.todo).toMatch(todo)
  })

  it('says for every number of Microsoft’s what it means in a sentence, and what to do', () => {
    for (const [number, { action, sentence }] of AADSTS_MEANINGS) {
      if (action === 'wait') continue
      const light = mailboxLight(inTrouble(action, `${number}`), [green])
      expect(light.sentence).toBe(`${sentence} (AADSTS${number})`)
      expect(light.todo).toMatch(/\.$/)
    }
  })

  it('knows a mailbox that Microsoft 365 does not have', () => {
    const light = mailboxLight(inTrouble('admin', 'MailboxNotEnabledForRESTAPI'), [green])
    expect(light.sentence).toMatch(/inactive, deleted/)
  })
})
