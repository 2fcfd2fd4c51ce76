import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Folder } from '../../../models/folder.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { normaliseMessageId } from '../../../webhook/sync/decide/identity.ts'
import { NOW } from '../../support/builders.ts'
import { ALICE, aMime } from '../provider/graph/graphs.ts'
import { anExplainer, type AnExplainer } from './an-explainer.ts'

let desk: AnExplainer
let stores: AnExplainer['stores']
let twin: AnExplainer['twin']
let mailbox: AnExplainer['mailbox']
let inbox: string
let explain: AnExplainer['explain']
let account: AnExplainer['account']
let deliver: AnExplainer['deliver']
beforeEach(async () => {
  desk = await anExplainer()
  ;({ stores, twin, mailbox, inbox, explain, account, deliver } = desk)
})
afterEach(() => desk[Symbol.asyncDispose]())

const messageIdKey = (id: string) => desk.blind('message-id', normaliseMessageId(id)!)
const senderKey = (address: string) => desk.blind('address', address)
const rung = async (id: string): Promise<Folder> => (await stores.folders.find(id))!

describe('a message that the ledger has', () => {
  it('is explained by its id: state, reason, who can act, what would change it, and its story', async () => {
    const event = { via: null, reason: null, ruleVersion: null, folderId: inbox }
    await account(
      { messageId: 'm1', delay: { providerMs: 2_000, oursMs: 400 }, emailId: 'email-9' },
      [
        { ...event, at: NOW, kind: 'seen', via: 'notification' },
        { ...event, at: NOW, kind: 'decided', reason: 'new', ruleVersion: 1 },
        { ...event, at: NOW, kind: 'stored' },
      ],
    )
    const explanation = await explain({ messageId: 'm1' })
    expect(explanation).toMatchObject({
      answer: 'accounted',
      summary: 'Stored as a new e-mail.',
      trouble: null,
      found: [],
      more: false,
    })
    expect(explanation.accounts).toEqual([
      {
        messageId: 'm1',
        state: 'stored',
        reason: 'new',
        help: 'docs/reasons.md#new',
        sentence: 'Stored as a new e-mail.',
        change: 'Nothing has to change.',
        who: 'nobody',
        retries: false,
        retryAt: null,
        attempts: 0,
        ruleVersion: 1,
        folder: { name: 'Inbox', watched: true },
        receivedAt: NOW.toISOString(),
        seenAt: NOW.toISOString(),
        decidedAt: NOW.toISOString(),
        delay: {
          providerMs: 2_000,
          oursMs: 400,
          sentence:
            'Microsoft 365 took 2 seconds to say that it was there, and FlowCRM less than a second to store it.',
        },
        history: [
          {
            at: NOW.toISOString(),
            sentence: 'FlowCRM learnt of it by a notification from Microsoft 365 in Inbox.',
          },
          {
            at: NOW.toISOString(),
            sentence: 'Decided by version 1 of the rules: Stored as a new e-mail.',
          },
          { at: NOW.toISOString(), sentence: 'It was written to the CRM.' },
        ],
        emailId: 'email-9',
        subject: null, // it knows none
      },
    ])
    expect(twin.seen).toEqual([]) // the provider is not bothered
  })

  it('that waits says how often it was tried, and when it is tried next', async () => {
    const retryAt = new Date(NOW.getTime() + 5 * MINUTE)
    await account({ messageId: 'm1', state: 'pending', reason: 'waiting', attempts: 2, retryAt })
    const { accounts } = await explain({ messageId: 'm1' })
    expect(accounts[0]).toMatchObject({
      retries: true,
      attempts: 2,
      retryAt: retryAt.toISOString(),
    })
  })

  it('is found by its Message-ID, with or without brackets, in any case', async () => {
    await account({ messageId: 'm1', messageIdKey: messageIdKey('<One@Customer.example>') })
    for (const internetMessageId of ['<one@customer.example>', ' ONE@customer.example '])
      expect((await explain({ internetMessageId })).accounts).toHaveLength(1)
  })

  it('is found by its sender and about when it came, and its neighbours in time are not', async () => {
    const from = 'carol@customer.example'
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)
    const keys = { senderKey: senderKey(from) }
    await account({ ...keys, messageId: 'early', receivedAt: at(-61) })
    await account({ ...keys, messageId: 'first', receivedAt: at(-60) })
    await account({ ...keys, messageId: 'last', receivedAt: at(60) })
    await account({ ...keys, messageId: 'late', receivedAt: at(61) })
    await account({ senderKey: senderKey('dan@customer.example'), messageId: 'other' })
    const question = { from: ' Carol@Customer.example', around: '2026-11-20T10:00:00+01:00' }
    const { accounts, summary } = await explain({ ...question, withinMinutes: 60 })
    expect(accounts.map(({ messageId }) => messageId)).toEqual(['last', 'first'])
    expect(summary).toBe('2 messages match: 2 stored.')
    expect((await explain({ ...question, withinMinutes: 61 })).accounts).toHaveLength(4)
  })

  it('is listed with all others that match, up to a number, and "more" is said', async () => {
    for (let n = 0; n < 26; n++)
      await account({ messageId: `m${n}`, messageIdKey: messageIdKey('<same@customer.example>') })
    const { accounts, more } = await explain({ internetMessageId: '<same@customer.example>' })
    expect(accounts).toHaveLength(25)
    expect(more).toBe(true)
  })

  it('of somebody else’s mailbox is not found', async () => {
    await account({ messageId: 'm1', mailboxId: 'mailbox-bob' })
    expect((await explain({ messageId: 'm1' })).accounts).toEqual([])
  })

  it('with a reason of a newer version is still explained', async () => {
    await account({ messageId: 'm1', state: 'excluded', reason: 'of-tomorrow:42' })
    const { accounts } = await explain({ messageId: 'm1' })
    expect(accounts[0]).toMatchObject({ reason: 'of-tomorrow:42', help: 'docs/reasons.md' })
  })
})

describe('a message that was never accounted for', () => {
  it('is not in a watched folder: it is in Archive', async () => {
    await deliver('archive')
    const explanation = await explain({ internetMessageId: '<Offer@customer.example>' })
    expect(explanation).toMatchObject({
      answer: 'not-watched',
      summary: 'It is not in a watched folder: it is in Archive.',
      accounts: [],
      found: [{ folder: { name: 'Archive', watched: false } }],
    })
    expect(explanation.found[0]?.change).toContain('Watching Archive')
  })

  it.each(['Offer@customer.example', ' <OFFER@Customer.example> ', 'oFFer@customer.example '])(
    'is found in the mailbox by its Message-ID as "%s", too',
    async (internetMessageId) => {
      await deliver('archive')
      expect(await explain({ internetMessageId })).toMatchObject({ answer: 'not-watched' })
    },
  )

  it('is in a watched folder: that is rung', async () => {
    const { immutableId } = await deliver('inbox')
    const before = await rung(inbox)
    const explanation = await explain({ messageId: immutableId })
    expect(explanation).toMatchObject({
      answer: 'on-its-way',
      found: [{ messageId: immutableId, folder: { name: 'Inbox', watched: true } }],
    })
    expect(explanation.summary).toMatch(/^It is in Inbox, which is watched, and not yet accounted/)
    expect((await rung(inbox)).dirtySeq).toBe(before.dirtySeq + 1)
  })

  it('says how far the first pass is, while it runs', async () => {
    await deliver('inbox')
    const { summary } = await explain({ internetMessageId: '<Offer@customer.example>' })
    expect(summary).toContain('Earlier mail is being read there, 0 of 3 so far.')
  })

  it('is found by its sender and time in the mailbox as well', async () => {
    await deliver('archive', 'One')
    await deliver('inbox', 'Two')
    const explanation = await explain({
      from: 'carol@customer.example',
      around: stores.clock.now().toISOString(),
      withinMinutes: 5,
    })
    expect(explanation.answer).toBe('on-its-way')
    expect(explanation.found.map(({ folder }) => folder?.name).toSorted()).toEqual([
      'Archive',
      'Inbox',
    ])
    expect(explanation.summary).toMatch(/^2 messages that the ledger does not have match/)
  })

  it('is not in the mailbox at all', async () => {
    for (const question of [{ messageId: 'AAMkNone=' }, { internetMessageId: '<none@x.example>' }])
      expect(await explain(question)).toMatchObject({
        answer: 'not-in-mailbox',
        summary: expect.stringContaining('Microsoft 365 does not have it in this mailbox'),
        found: [],
      })
  })
})

describe('a message that is gone from the watched folders', () => {
  it('says where it lies now', async () => {
    const mime = aMime('Offer')
    const { immutableId } = await twin.graph.mailboxes.deliver(ALICE, { folder: 'archive', mime })
    await account({ messageId: immutableId, state: 'gone', reason: 'moved-out' })
    expect(await explain({ messageId: immutableId })).toMatchObject({
      answer: 'accounted',
      summary:
        'The message was moved to a folder that is not watched. It is not in a watched folder: it is in Archive.',
    })
  })

  it('and came back is on its way', async () => {
    const { immutableId } = await twin.graph.mailboxes.deliver(ALICE, { mime: aMime('Offer') })
    await account({ messageId: immutableId, state: 'gone', reason: 'moved-out' })
    expect((await explain({ messageId: immutableId })).answer).toBe('on-its-way')
  })

  it('for good is told by the ledger alone', async () => {
    await account({ messageId: 'm1', state: 'gone', reason: 'deleted-in-mailbox' })
    expect(await explain({ messageId: 'm1' })).toMatchObject({
      answer: 'accounted',
      summary: 'The message was deleted in the mailbox.',
      found: [],
    })
  })
})

describe('a mailbox that cannot be asked', () => {
  const paused = () => ({ ...mailbox, paused: { at: NOW, byName: 'Alice' } })

  it.each([
    ['paused', paused, /^Paused by Alice/],
    ['without credential', () => ({ ...mailbox, status: 'reconnect-needed' as const }), /connect/i],
  ])('as it is %s says that first, and asks nothing', async (_, of, sentence) => {
    const explanation = await explain({ messageId: 'unknown' }, of())
    expect(explanation.answer).toBe('not-asked')
    expect(explanation.trouble?.sentence).toMatch(sentence)
    expect(explanation.trouble?.todo).toBeTruthy()
    expect(explanation.summary.startsWith(explanation.trouble!.sentence)).toBe(true)
    expect(explanation.summary).toContain('could not ask the mailbox')
    expect(twin.seen).toEqual([])
  })

  it('still tells what the ledger has', async () => {
    await account({ messageId: 'm1' })
    const explanation = await explain({ messageId: 'm1' }, paused())
    expect(explanation).toMatchObject({ answer: 'accounted', accounts: [{ state: 'stored' }] })
    expect(explanation.trouble).not.toBeNull()
  })

  it('as Microsoft 365 fails says so, and to ask again', async () => {
    twin.graph.desk.failRequests(403, 5)
    const explanation = await explain({ messageId: 'unknown' })
    expect(explanation).toMatchObject({
      answer: 'not-asked',
      trouble: { todo: expect.any(String) },
    })
  })
})
