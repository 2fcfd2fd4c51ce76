import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import type { Account } from '../../../webhook/store/ledger-store.ts'
import { anAccount, NOW } from '../../support/builders.ts'
import { openStores, type OpenStores } from './open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const LATER = new Date(NOW.getTime() + 60_000)
const apply = (accounts: Account[], now = NOW) => stores.ledger.apply(accounts, now)
const entry = async (messageId = 'message-1') =>
  (await stores.ledger.known('mailbox-alice', [messageId])).get(messageId)
const count = () => ledgerEntryModel(stores.db).countDocuments()

describe('the account of a message', () => {
  it('is there once, says when it was first seen and when it was decided last', async () => {
    await apply([anAccount()])
    await apply([anAccount({ reason: 'duplicate-of' })], LATER)
    expect(await count()).toBe(1)
    expect(await entry()).toMatchObject({ reason: 'duplicate-of', seenAt: NOW, decidedAt: LATER })
  })

  it('is one per mailbox, also for the same message id', async () => {
    await apply([anAccount(), anAccount({ mailboxId: 'mailbox-bob' })])
    expect(await count()).toBe(2)
  })

  it('takes the difference of a letter’s case in an id for another message', async () => {
    await apply([anAccount({ messageId: 'AAkA' }), anAccount({ messageId: 'AAka' })])
    expect(await count()).toBe(2)
  })

  it('is written for new and for known messages in one page', async () => {
    await apply([anAccount({ messageId: 'draft', state: 'excluded', reason: 'draft' })])
    await apply([anAccount({ messageId: 'draft' }), anAccount({ messageId: 'new' })])
    expect((await entry('draft'))?.state).toBe('stored')
    expect((await entry('new'))?.state).toBe('stored')
  })

  it('is one when 50 workers write it at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => apply([anAccount()])))
    expect(await count()).toBe(1)
  })

  it('that cannot be written is refused aloud, never passed over', async () => {
    const broken = anAccount({ messageId: 'broken', state: 'lost' as Account['state'] })
    await expect(apply([anAccount(), broken])).rejects.toThrow()
    await expect(apply([anAccount(), broken])).rejects.toThrow()
  })

  it('needs no write for an empty page', async () => {
    await apply([])
    await stores.ledger.gone('folder-inbox', [], 'moved-out', NOW)
    await stores.ledger.moved('mailbox-alice', [], { folderId: 'folder-archive', now: NOW })
    expect(await count()).toBe(0)
  })
})

describe('a message that left', () => {
  it('is gone from its folder, with the reason', async () => {
    await apply([anAccount()])
    await stores.ledger.gone('folder-inbox', ['message-1'], 'deleted-in-mailbox', LATER)
    expect(await entry()).toMatchObject({
      state: 'gone',
      reason: 'deleted-in-mailbox',
      decidedAt: LATER,
      seenAt: NOW,
    })
  })

  it('is not gone when it belongs to another folder meanwhile', async () => {
    await apply([anAccount({ folderId: 'folder-archive' })])
    await stores.ledger.gone('folder-inbox', ['message-1'], 'moved-out', LATER)
    expect((await entry())?.state).toBe('stored')
  })

  it('takes nobody along', async () => {
    await apply([anAccount(), anAccount({ messageId: 'message-2' })])
    await stores.ledger.gone('folder-inbox', ['message-1'], 'moved-out', LATER)
    expect((await entry('message-2'))?.state).toBe('stored')
  })

  it('is in its new folder after a move, and only in its own mailbox', async () => {
    await apply([anAccount(), anAccount({ mailboxId: 'mailbox-bob' })])
    const to = { folderId: 'folder-archive', now: LATER }
    await stores.ledger.moved('mailbox-alice', ['message-1'], to)
    expect(await entry()).toMatchObject({ folderId: 'folder-archive', state: 'stored' })
    const bobs = await stores.ledger.known('mailbox-bob', ['message-1'])
    expect(bobs.get('message-1')?.folderId).toBe('folder-inbox')
  })
})

describe('the ids a folder holds', () => {
  it('are those of every message that is there, stored or not', async () => {
    const states = ['pending', 'stored', 'excluded', 'failed', 'gone'] as const
    await apply(states.map((state) => anAccount({ messageId: state, state })))
    await apply([anAccount({ messageId: 'elsewhere', folderId: 'folder-archive' })])
    expect(await stores.ledger.idsIn('folder-inbox')).toEqual(
      new Set(['pending', 'stored', 'excluded', 'failed']),
    )
  })

  it('are all of them in a folder of thousands', async () => {
    await apply(Array.from({ length: 2_500 }, (_, n) => anAccount({ messageId: `message-${n}` })))
    expect((await stores.ledger.idsIn('folder-inbox')).size).toBe(2_500)
  })
})
