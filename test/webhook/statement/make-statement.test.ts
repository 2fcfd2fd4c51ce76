import { describe, expect, it } from '@jest/globals'
import type { Folder, Proof } from '../../../models/folder.ts'
import { Statement } from '../../../models/wire/statement.ts'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { makeStatement, type StatementFacts } from '../../../webhook/statement/make-statement.ts'
import { RULE_VERSION } from '../../../webhook/sync/decide/rules.ts'
import { SERVICE_VERSION } from '../../../webhook/version.ts'
import { aFolder, aMailbox, NOW } from '../../support/builders.ts'

const counts = { pending: 1, stored: 5, excluded: 2, failed: 1, gone: 7 }
const proof: Proof = {
  at: new Date(NOW.getTime() - HOUR),
  equal: true,
  missing: 0,
  surplus: 0,
  repaired: 2,
  lostEmails: 1,
  mailboxCount: 9,
  counts,
  ruleVersion: 1,
  serviceVersion: '0.1.0',
}
const inbox = (over: Partial<Folder> = {}) => ({ folder: aFolder({ proof, ...over }), counts })

const statementOf = (over: Partial<StatementFacts> = {}) =>
  makeStatement({
    mailbox: aMailbox(),
    folders: [inbox()],
    now: NOW,
    reconcileMs: DAY,
    ...over,
  })
const shortfalls = (over: Partial<StatementFacts>) =>
  statementOf(over).shortfalls.map(({ code, folderId }) => [code, folderId])

describe('the statement of a mailbox', () => {
  it('says for each folder what the mailbox held, what became of it, and by which versions', () => {
    const statement = statementOf({
      folders: [{ folder: aFolder({ proof }), counts: { ...counts, stored: 6 } }],
    })
    expect(statement).toMatchObject({
      complete: true,
      shortfalls: [],
      mailbox: { id: 'mailbox-alice', address: 'alice@flow.example' },
      at: NOW.toISOString(),
      serviceVersion: SERVICE_VERSION,
      ruleVersion: RULE_VERSION,
    })
    expect(statement.folders).toEqual([
      {
        id: 'folder-inbox',
        name: 'Inbox',
        deletedAt: null,
        counts: { ...counts, stored: 6 },
        comparison: { ...proof, at: '2026-11-20T08:00:00.000Z', ledgerCount: 9 },
      },
    ])
    expect(Statement.parse(statement)).toEqual(statement)
  })

  it.each<[string, Partial<StatementFacts>, [string, string | null][]]>([
    [
      'is not connected',
      { mailbox: aMailbox({ status: 'reconnect-needed' }) },
      [['not-connected', null]],
    ],
    ['is blocked', { mailbox: aMailbox({ status: 'blocked' }) }, [['not-connected', null]]],
    [
      'is paused',
      { mailbox: aMailbox({ paused: { at: NOW, byName: 'Alice' } }) },
      [['paused', null]],
    ],
    ['watches nothing', { folders: [] }, [['nothing-watched', null]]],
    [
      'still reads earlier mail',
      { folders: [inbox({ backfill: { done: 1, total: 3, startedAt: NOW, finishedAt: null } })] },
      [['first-pass-running', 'folder-inbox']],
    ],
    [
      'was not compared yet',
      { folders: [inbox({ proof: null })] },
      [['not-compared', 'folder-inbox']],
    ],
    [
      'is to be compared anew, as after a reconnect',
      { folders: [inbox({ proof, dirtySeq: 2, doneSeq: 1, proofDueAt: NOW })] },
      [['not-compared', 'folder-inbox']],
    ],
    [
      'differs from the ledger',
      { folders: [inbox({ proof: { ...proof, equal: false, missing: 2, surplus: 1 } })] },
      [['not-equal', 'folder-inbox']],
    ],
  ])('is not complete when it %s, and says so', (_, facts, expected) => {
    expect(shortfalls(facts)).toEqual(expected)
    expect(statementOf(facts).complete).toBe(false)
  })

  it('counts on a comparison for as long as the next one is promised, and an hour', () => {
    const comparedAgo = (ms: number) => ({
      folders: [inbox({ proof: { ...proof, at: new Date(NOW.getTime() - ms) } })],
    })
    expect(shortfalls(comparedAgo(DAY + HOUR))).toEqual([])
    expect(shortfalls(comparedAgo(DAY + HOUR + MINUTE))).toEqual([
      ['comparison-too-old', 'folder-inbox'],
    ])
  })

  it('tells of a folder that the mailbox no longer has, and does not wait for it', () => {
    const gone = inbox({ _id: 'folder-gone', proof: null, deletedAt: NOW })
    const statement = statementOf({ folders: [inbox(), gone] })
    expect(statement.complete).toBe(true)
    expect(statement.folders[1]).toMatchObject({ deletedAt: NOW.toISOString(), comparison: null })
  })

  it('names every folder that falls short', () => {
    const folders = [
      inbox(),
      inbox({ _id: 'a', proof: null }),
      inbox({ _id: 'b', proof: { ...proof, equal: false, missing: 1 } }),
    ]
    expect(shortfalls({ folders })).toEqual([
      ['not-compared', 'a'],
      ['not-equal', 'b'],
    ])
  })
})
