import type { Connection } from 'mongoose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { threadKeyModel } from '../../../models/threads/thread-key.ts'
import { DatabaseServer } from '../../../sandbox/database/server.ts'
import { BadRequestError, NotFoundError, StoreUnavailableError } from '../../../webhook/errors.ts'
import { ThreadKeyStore } from '../../../webhook/threads/key-store.ts'
import { ThreadedEmails } from '../../../webhook/threads/threaded-emails.ts'
import { ALICE, aNewMailbox, aPerson, BOB, bob, NOW, WORKSPACE } from '../../support/builders.ts'
import { openOffice, type Office } from './an-office.ts'
import { openTestDatabase } from '../../support/database.ts'

const alice = aPerson()
const ofBob = { mailbox: 'mailbox-bob', owner: BOB }

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office[Symbol.asyncDispose]())
beforeEach(() => office.clear())

const threadOf = async (id: string) => (await office.threadIds()).get(id) ?? ''
const open = (
  person: typeof alice,
  id: string,
  over: { limit?: number; cursor?: string | null } = {},
) => office.threadDesk.page(person, id, { limit: 10, cursor: null, ...over })

describe('a conversation', () => {
  it('is shown from its beginning, page by page', async () => {
    const minutes = [3, 1, 4, 1, 5, 2]
    await office.receive(minutes.map((minute, n) => ({ id: `m${n}`, inReplyTo: 'm0', minute })))
    const thread = await threadOf('m0')
    const shown: string[] = []
    let cursor: string | null = null
    do {
      const page = await open(alice, thread, { limit: 2, cursor })
      expect(page).toMatchObject({ id: thread, total: 6 })
      shown.push(...page.emails.map(({ subject }) => subject))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(shown.slice(0, 2).toSorted()).toEqual(['m1', 'm3'])
    expect(shown.slice(2)).toEqual(['m5', 'm0', 'm2', 'm4'])
    await expect(open(alice, thread, { cursor: 'made-up' })).rejects.toThrow(BadRequestError)
  })

  it('shows everybody what is theirs, and of colleagues what they share', async () => {
    const mailbox = await office.mailboxes.connect(
      aNewMailbox({ providerUserId: ALICE, ownerUserId: ALICE }),
    )
    const shared = { ...mailbox.settings, sharing: 'metadata' } as const
    await office.mailboxes.saveSettings(mailbox._id, shared)
    await office.receive([
      { id: 'matched', mailbox: mailbox._id, minute: 1 },
      { id: 'unmatched', references: ['matched'], mailbox: mailbox._id, minute: 2 },
      { id: 'own', references: ['matched'], minute: 3, ...ofBob },
    ])
    const _id = office.idOf('matched')
    await emailModel(office.db).updateOne({ _id }, { $set: { contactIds: ['carol'] } })
    const thread = await threadOf('own')
    const seenBy = async (person: typeof alice) =>
      (await open(person, thread)).emails.map(({ subject, visibility, threadId }) => {
        expect(threadId).toBe(thread)
        return `${subject} ${visibility}`
      })
    expect(await seenBy(bob)).toEqual([' metadata', 'own full'])
    expect(await seenBy(alice)).toEqual(['matched full', 'unmatched full'])
  })

  it('is not there for those who see nothing of it, nor in another workspace', async () => {
    await office.receive([{ id: 'a' }])
    const thread = await threadOf('a')
    const stranger = aPerson({ workspaceId: 'other' })
    for (const [person, id] of [
      [bob, thread],
      [stranger, thread],
      [alice, 'never'],
    ] as const)
      // prettier-ignore
      await expect(open(person, id)).rejects.toThrow(NotFoundError)
  })

  it('is found by the id it had before it became one with another', async () => {
    await office.receive([{ id: 'a' }])
    await office.receive([{ id: 'b' }])
    const before = [await threadOf('a'), await threadOf('b')]
    await office.receive([{ id: 'new', references: ['a', 'b'] }])
    for (const id of before) {
      const { id: now, total } = await open(alice, id)
      expect([now, total]).toEqual([await threadOf('new'), 3])
    }
  })

  it('is accounted for before it is shown', async () => {
    await office.receive([{ id: 'a' }, { id: 'b', inReplyTo: 'a' }])
    const id = await threadOf('a')
    office.audit.written.length = 0
    await open(alice, id)
    expect(office.audit.written).toMatchObject([
      { action: 'emails-listed', object: { kind: 'thread', id }, details: { count: 2 } },
    ])
    office.audit.mishap = () => {
      throw new StoreUnavailableError('the store is down')
    }
    await expect(open(alice, id)).rejects.toThrow(StoreUnavailableError)
    office.audit.mishap = () => undefined
  })
})

describe('among 5,000 e-mails', () => {
  const EMAILS = 5_000
  const IN_ONE = 20
  let server: DatabaseServer
  let db: Connection
  beforeAll(async () => {
    server = await DatabaseServer.start()
    db = await openTestDatabase(new URL('/flowcrm', server.url).href)
    const names = [emailModel(db), threadKeyModel(db)].map(
      ({ collection }) => collection.collectionName,
    )
    const [emails = '', keys = ''] = names.map((name) => `flowcrm.${name}`)
    for (let n = 0; n < EMAILS; n++) {
      const threadId = `t${n % (EMAILS / IN_ONE)}`
      server.store.insert(emails, {
        ...{ _id: `e${n}`, workspaceId: WORKSPACE, identity: `id:${n}`, threadId },
        ...{ receivedAt: new Date(NOW.getTime() + n), sightings: [{ ownerUserId: ALICE }] },
      })
      server.store.insert(keys, {
        _id: `k${n}`,
        workspaceId: WORKSPACE,
        into: n === 0 ? null : 'k0',
      })
    }
  }, 60_000)
  afterAll(async () => {
    await db.close()
    await server[Symbol.asyncDispose]()
  })

  it.each([
    [
      'a page',
      IN_ONE,
      () =>
        new ThreadedEmails(db).page(
          { threadId: 't7', reader: { workspaceId: WORKSPACE, userId: ALICE } },
          { limit: 30, behind: null },
        ),
    ],
    [
      'a count',
      IN_ONE,
      () =>
        new ThreadedEmails(db).count({
          threadId: 't7',
          reader: { workspaceId: WORKSPACE, userId: ALICE },
        }),
    ],
    [
      'a join',
      2 * IN_ONE,
      () => new ThreadedEmails(db).bring({ workspaceId: WORKSPACE, from: 't8', to: 't9' }, 500),
    ],
    ['a look-up of a key', 2, () => new ThreadKeyStore(db).threadOf(WORKSPACE, 'k77')],
  ])('%s reads what it is about and nothing else', async (_name, most, ask) => {
    // prettier-ignore
    const before = server.store.work.documentsExamined
    await ask()
    expect(server.store.work.documentsExamined - before).toBeLessThanOrEqual(most)
  })
})
