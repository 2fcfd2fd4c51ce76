import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  ledgerEntryModel,
  MAX_HISTORY,
  type LedgerEntry,
  type LedgerEvent,
} from '../../../models/ledger-entry.ts'
import { LedgerMovedError } from '../../../webhook/errors.ts'
import type { Account, LedgerStore, LedgerWrite } from '../../../webhook/store/ledger-store.ts'
import { anAccount, NOW } from '../../support/builders.ts'
import { openStores, type OpenStores } from './open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const LATER = new Date(NOW.getTime() + 60_000)
const entry = async (messageId = 'message-1', mailboxId = 'mailbox-alice') =>
  (await stores.ledger.known(mailboxId, [messageId])).get(messageId)
const count = () => ledgerEntryModel(stores.db).countDocuments()

const said = (reason: string, at = NOW): LedgerEvent => ({
  ...{ at, kind: 'decided', via: null, reason, ruleVersion: 2, folderId: null },
})
const fresh = (over: Partial<Account> = {}): LedgerWrite => {
  const account = anAccount(over)
  return { was: null, account, events: [said(account.reason)], at: NOW }
}
const changed = (was: LedgerEntry | undefined, over: Partial<Account>): LedgerWrite => {
  const account = anAccount(over)
  return { was: was!, account, events: [said(account.reason, LATER)], at: LATER }
}
const write = (...writes: LedgerWrite[]) => stores.ledger.write(writes)

describe('the account of a message', () => {
  it('is there once, says when it was first seen and when it was decided last', async () => {
    await write(fresh({ state: 'excluded', reason: 'draft' }))
    await write(changed(await entry(), { reason: 'duplicate-of' }))
    expect(await count()).toBe(1)
    expect(await entry()).toMatchObject({
      ...{ state: 'stored', reason: 'duplicate-of', seenAt: NOW, decidedAt: LATER, rev: 2 },
      history: [said('draft'), said('duplicate-of', LATER)],
    })
  })

  it('keeps the newest lines of a long story', async () => {
    await write(fresh())
    for (let n = 0; n < MAX_HISTORY + 5; n++) {
      const events = [said(`turn ${n}`)]
      await write({ ...changed(await entry(), {}), events })
    }
    const { history } = (await entry())!
    expect(history).toHaveLength(MAX_HISTORY)
    expect(history.at(-1)?.reason).toBe(`turn ${MAX_HISTORY + 4}`)
  })

  it('is one per mailbox, also for the same message id', async () => {
    await write(fresh(), fresh({ mailboxId: 'mailbox-bob' }))
    expect(await count()).toBe(2)
    expect(await entry('message-1', 'mailbox-bob')).toMatchObject({ mailboxId: 'mailbox-bob' })
  })

  it('takes the difference of a letter’s case in an id for another message', async () => {
    await write(fresh({ messageId: 'AAkA' }), fresh({ messageId: 'AAka' }))
    expect(await count()).toBe(2)
  })

  it('that cannot be written is refused aloud, never passed over', async () => {
    const broken = { messageId: 'broken', receivedAt: new Date(Number.NaN) }
    await expect(write(fresh(), fresh(broken))).rejects.toThrow(/receivedAt/)
  })

  it('needs no write for an empty page', async () => {
    await write()
    expect(await count()).toBe(0)
  })
})

describe('two passes that meet at one message', () => {
  it('make one account, and whoever comes second is told', async () => {
    const writes = Array.from({ length: 50 }, () => write(fresh()))
    const ends = await Promise.allSettled(writes)
    expect(await count()).toBe(1)
    const told = ends.filter(({ status }) => status === 'rejected')
    expect(told).toHaveLength(49)
    await expect(writes[49]).rejects.toThrow(LedgerMovedError)
  })

  it('do not undo each other: one of fifty changes wins', async () => {
    await write(fresh())
    const was = await entry()
    const ends = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => write(changed(was, { folderId: `folder ${n}` }))),
    )
    const winners = ends.flatMap(({ status }, n) => (status === 'fulfilled' ? [`folder ${n}`] : []))
    expect(winners).toEqual([(await entry())?.folderId])
    expect(await entry()).toMatchObject({ rev: 2 })
  })

  it('write what the other did not touch', async () => {
    await write(fresh())
    const page = [fresh(), fresh({ messageId: 'new' })]
    await expect(write(...page)).rejects.toThrow(LedgerMovedError)
    expect(await entry('new')).toBeDefined()
  })
})

describe('what a folder holds', () => {
  const states = ['pending', 'stored', 'excluded', 'failed', 'gone'] as const
  const rowsIn = async (store: LedgerStore) => {
    const batches = []
    for await (const rows of store.rowsIn('folder-inbox')) batches.push(rows)
    return batches
  }

  it('is every message that is there, stored or not', async () => {
    await write(...states.map((state) => fresh({ messageId: state, state, reason: state })))
    await write(fresh({ messageId: 'elsewhere', folderId: 'folder-archive' }))
    const rows = (await rowsIn(stores.ledger)).flat()
    expect(rows.map(({ messageId }) => messageId).toSorted()).toEqual([
      'excluded',
      'failed',
      'pending',
      'stored',
    ])
    expect(rows.find(({ state }) => state === 'stored')).toEqual({
      ...{ messageId: 'stored', state: 'stored', reason: 'stored', emailId: 'email-1' },
      retryAt: null,
    })
  })

  it('is read in batches, all of it, in a folder of thousands', async () => {
    await write(...Array.from({ length: 2_500 }, (_, n) => fresh({ messageId: `message-${n}` })))
    const batches = await rowsIn(stores.ledger)
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
    expect(new Set(batches.flat().map(({ messageId }) => messageId)).size).toBe(2_500)
  })

  it('is counted by state', async () => {
    await write(...states.map((state) => fresh({ messageId: state, state })))
    await write(fresh({ messageId: 'another' }))
    await write(fresh({ messageId: 'elsewhere', folderId: 'folder-archive' }))
    expect(await stores.ledger.countsOf('folder-inbox')).toEqual({
      ...{ pending: 1, stored: 2, excluded: 1, failed: 1, gone: 1 },
    })
    expect(await stores.ledger.countsOf('unknown')).toMatchObject({ stored: 0, gone: 0 })
  })
})

describe('messages that wait', () => {
  const waiting = (messageId: string, retryAt: Date | null) =>
    fresh({ messageId, state: 'pending', reason: 'waiting', retryAt })

  it('are due when their time has come, the longest first', async () => {
    await write(waiting('later', LATER), waiting('now', NOW), waiting('never', null))
    const due = async (now: Date, limit = 9) =>
      (await stores.ledger.waitingDue('folder-inbox', now, limit)).map((one) => one.messageId)
    expect(await due(NOW)).toEqual(['now'])
    expect(await due(LATER)).toEqual(['now', 'later'])
    expect(await due(LATER, 1)).toEqual(['now'])
  })

  it('say when the next of them is to be tried', async () => {
    await write(waiting('never', null))
    expect(await stores.ledger.nextRetryAt('folder-inbox')).toBeNull()
    await write(waiting('later', LATER), waiting('now', NOW))
    expect(await stores.ledger.nextRetryAt('folder-inbox')).toEqual(NOW)
    expect(await stores.ledger.nextRetryAt('folder-archive')).toBeNull()
  })
})

describe('a message that somebody asks for', () => {
  it('is found by its id, in its mailbox alone', async () => {
    await write(fresh())
    expect(await stores.ledger.byMessageId('mailbox-alice', 'message-1')).not.toBeNull()
    expect(await stores.ledger.byMessageId('mailbox-bob', 'message-1')).toBeNull()
  })

  it('is found by the digest of its Message-ID, with its copies', async () => {
    const copies = ['one', 'two'].map((messageId) => fresh({ messageId, messageIdKey: 'key' }))
    await write(...copies, fresh({ messageId: 'other', messageIdKey: 'another key' }))
    const found = await stores.ledger.byMessageIdKey('mailbox-alice', 'key')
    expect(found.map(({ messageId }) => messageId).toSorted()).toEqual(['one', 'two'])
    expect(await stores.ledger.byMessageIdKey('mailbox-alice', 'key', 1)).toHaveLength(1)
  })

  it('is found by its sender and the time, both ends included, the newest first', async () => {
    const from = (messageId: string, minutes: number, senderKey = 'carol') =>
      fresh({ messageId, senderKey, receivedAt: new Date(NOW.getTime() + minutes * 60_000) })
    await write(from('early', -1), from('first', 0), from('last', 1), from('late', 2))
    await write(from('dan', 0, 'dan'))
    const range = { senderKey: 'carol', from: NOW, to: LATER }
    const found = await stores.ledger.bySender('mailbox-alice', range)
    expect(found.map(({ messageId }) => messageId)).toEqual(['last', 'first'])
    expect(await stores.ledger.bySender('mailbox-alice', range, 1)).toHaveLength(1)
  })
})
