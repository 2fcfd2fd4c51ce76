import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../webhook/duration.ts'
import { anAccount, BOB } from '../../support/builders.ts'
import { loseEmail } from '../../support/stored-emails.ts'
import { aMime, aScriptedGraph, ALICE, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const accountOf = async (messageId: string) =>
  (await box.accounts()).find((entry) => entry.messageId === messageId)
const entries = () => ledgerEntryModel(box.db)
const emails = () => emailModel(box.db)
const proof = async () => (await box.folder(inbox)).proof
const ID_LISTS = /messages\?\$select=id&/i

/** A day later, when the next comparison is due. */
async function nextDay() {
  await box.clock.advance(DAY + HOUR)
  return box.work()
}

describe('the comparison of a folder', () => {
  it('is made once a day, and not with every bell', async () => {
    await fill(box.twin, 3)
    await box.work()
    expect(box.graph.requests.count({ path: ID_LISTS })).toBe(1)
    await box.ringAndWork(inbox)
    expect(box.graph.requests.count({ path: ID_LISTS })).toBe(1)
    await nextDay()
    expect(box.graph.requests.count({ path: ID_LISTS })).toBe(2)
    expect(await proof()).toMatchObject({
      at: box.clock.now(),
      equal: true,
      repaired: 0,
      mailboxCount: 3,
      counts: { stored: 3, pending: 0, excluded: 0, failed: 0, gone: 0 },
    })
  })

  it('finds mail that we lost, and brings it back', async () => {
    const [ref] = await fill(box.twin, 3)
    await box.work()
    await entries().deleteOne({ messageId: ref!.immutableId })
    await nextDay()
    const account = await accountOf(ref!.immutableId)
    expect(account?.state).toBe('stored')
    expect(account?.history[0]).toMatchObject({ kind: 'seen', via: 'reconcile' })
    expect(await box.storedEmails()).toHaveLength(3)
    expect(await proof()).toMatchObject({ equal: true, missing: 0, repaired: 1, lostEmails: 0 })
  })

  it('finds an e-mail that is lost though the ledger has it, and fetches it again', async () => {
    const [ref] = await fill(box.twin, 3)
    await box.work()
    await loseEmail(box, 'Mail 0')
    await nextDay()
    expect((await box.storedEmails()).map(({ subject }) => subject)).toEqual([
      'Mail 0',
      'Mail 1',
      'Mail 2',
    ])
    const account = await accountOf(ref!.immutableId)
    expect(account).toMatchObject({ state: 'stored', attempts: 0, retryAt: null })
    expect(account?.history).toContainEqual(
      expect.objectContaining({ kind: 'decided', reason: 'waiting', via: 'reconcile' }),
    )
    expect(await proof()).toMatchObject({ equal: true, repaired: 1, lostEmails: 1 })
  })

  it('finds an e-mail that came back by a colleague’s copy alone, and adds ours to it', async () => {
    await fill(box.twin, 1)
    await box.work()
    const [email] = await box.storedEmails()
    const bobs = { 'sightings.0.key': 'sync:bob', 'sightings.0.ownerUserId': BOB }
    await emails().updateOne({}, { $set: bobs })
    await nextDay()
    const [mended] = await box.storedEmails()
    const keys = mended!.sightings.map(({ key }) => key)
    expect(keys).toEqual(['sync:bob', ...email!.sightings.map(({ key }) => key)])
    expect(await proof()).toMatchObject({ equal: true, repaired: 1, lostEmails: 1 })
  })

  it('finds an e-mail that was told of a move which the ledger never heard of, and tells it back', async () => {
    await fill(box.twin, 1)
    await box.work()
    const [email] = await box.storedEmails()
    await emails().updateOne({}, { $set: { 'sightings.0.folderId': 'folder-archive' } })
    await nextDay()
    expect((await box.storedEmails())[0]!.sightings).toEqual(email!.sightings)
    expect(await proof()).toMatchObject({ equal: true, repaired: 0, lostEmails: 0 })
  })

  it('finds mail whose account says that it is in another folder', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    await entries().updateOne({}, { folderId: 'folder-archive' })
    await nextDay()
    expect(await accountOf(ref!.immutableId)).toMatchObject({ folderId: inbox, state: 'stored' })
    expect(await proof()).toMatchObject({ equal: true, repaired: 1 })
  })

  it('finds accounts of mail that is no longer there, and says that it is gone', async () => {
    const [ref] = await fill(box.twin, 1)
    box.graph.mailboxes.remove(ALICE, ref!.defaultId, { purge: true })
    await box.work()
    const { _id: mailboxId } = box.mailbox
    const ghost = anAccount({ mailboxId, folderId: inbox, messageId: ref!.immutableId })
    await box.ledger.write([{ was: null, account: ghost, events: [], at: box.clock.now() }])
    await nextDay()
    expect(await accountOf(ref!.immutableId)).toMatchObject({
      state: 'gone',
      reason: 'deleted-in-mailbox',
    })
    expect(await proof()).toMatchObject({ equal: true, surplus: 0, repaired: 1 })
  })

  it('tries once more what has failed for good', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    await emails().deleteMany({})
    const failed = { state: 'failed', reason: 'poison', attempts: 5, emailId: null, retryAt: null }
    await entries().updateOne({}, failed)
    await nextDay()
    expect(await accountOf(ref!.immutableId)).toMatchObject({ state: 'stored', attempts: 0 })
    expect(await box.storedEmails()).toHaveLength(1)
    expect(await proof()).toMatchObject({ equal: true, repaired: 0 })
  })

  it('does not call it a repair when mail came just now', async () => {
    await fill(box.twin, 1)
    await box.work()
    // Delta does not show it yet, the list of ids does.
    box.graph.knobs.mail.deltaLagMs = 10 * MINUTE
    await box.clock.advance(DAY)
    await box.graph.mailboxes.deliver(ALICE, { mime: aMime('Just now') })
    await box.clock.advance(SECOND)
    await box.work()
    expect(await box.storedEmails()).toHaveLength(2)
    expect(await proof()).toMatchObject({ equal: true, mailboxCount: 2, repaired: 0 })
  })
})

describe('a difference that stays', () => {
  it('is said, and looked at again every minute until it is gone', async () => {
    await fill(box.twin, 2)
    await box.work()
    const [ref] = await fill(box.twin, 1)
    // Graph lists it, and refuses to show it: to delta, and alone.
    box.graph.knobs.mail.deltaLagMs = 2 * DAY
    const path = `/messages/${encodeURIComponent(ref!.immutableId)}`
    box.graph.desk.failRequests(404, 99, { path })
    await nextDay()
    expect(await proof()).toMatchObject({ equal: false, missing: 1, surplus: 0, repaired: 0 })
    const folder = await box.folder(inbox)
    expect(folder.dueAt.getTime() - box.clock.now().getTime()).toBe(MINUTE)
    box.graph.desk.clear()
    await box.clock.advance(MINUTE)
    await box.work()
    expect(await proof()).toMatchObject({ equal: true, missing: 0, repaired: 1 })
  })
})

describe('a loss of very much', () => {
  const MANY = 60

  it('has the folder read again in pages, not message by message', async () => {
    await fill(box.twin, MANY)
    await box.work()
    await entries().deleteMany({})
    const before = box.graph.requests.count({ path: /\/messages/ })
    await box.clock.advance(DAY + HOUR)
    await box.work()
    await box.clock.advance(MINUTE)
    await box.work()
    expect(await proof()).toMatchObject({ equal: true, mailboxCount: MANY, repaired: MANY })
    expect(await box.accounts()).toHaveLength(MANY)
    expect(await box.storedEmails()).toHaveLength(MANY)
    expect(box.graph.requests.count({ path: /\/messages/ }) - before).toBeLessThan(MANY / 4)
  })

  it('of e-mails says so at once, and brings all of them back', async () => {
    await fill(box.twin, MANY)
    await box.work()
    await emails().deleteMany({})
    const seen: unknown[] = []
    await box.clock.advance(DAY + HOUR)
    await box.work({ onProven: (_, { equal, missing }) => seen.push({ equal, missing }) })
    expect(seen[0]).toEqual({ equal: false, missing: MANY })
    await box.clock.advance(MINUTE)
    await box.work()
    expect(await box.storedEmails()).toHaveLength(MANY)
    expect((await box.accounts()).filter(({ state }) => state === 'stored')).toHaveLength(MANY)
    expect(await proof()).toMatchObject({ equal: true, repaired: MANY, lostEmails: MANY })
  })
})

describe('a comparison that is disturbed', () => {
  it('by a doubt is made again, and keeps what it found', async () => {
    await fill(box.twin, 1)
    const comparisons: Date[] = []
    const handle = box.graph.dispatcher.handle.bind(box.graph.dispatcher)
    box.graph.dispatcher.handle = async (incoming) => {
      if (comparisons.length === 0 && ID_LISTS.test(incoming.path)) await box.queue.doubt(inbox)
      return handle(incoming)
    }
    const onProven = () => void comparisons.push(box.clock.now())
    await box.work({ onProven })
    await box.clock.advance(5 * SECOND)
    await box.work({ onProven })
    expect(comparisons).toHaveLength(2)
    expect(await proof()).toMatchObject({ equal: true, at: box.clock.now() })
  })

  it('by the loss of its lease saves nothing', async () => {
    await fill(box.twin, 1)
    await box.work()
    const before = await proof()
    await box.clock.advance(DAY + HOUR)
    const claimed = (await box.queue.claim())!
    await box.clock.advance(2 * MINUTE) // this worker was asleep
    const other = (await box.queueOf('other').claim())!
    await box.run(claimed)
    expect(await proof()).toEqual(before)
    await box.run(other)
    expect(await proof()).toMatchObject({ at: box.clock.now(), equal: true })
  })
})

describe('mail that nobody can read', () => {
  it('is accounted for, and does not hold up the folder', async () => {
    const bad = { id: 'bad', subject: 'x', receivedDateTime: 'yesterday', parentFolderId: 'f' }
    const poor = { id: 'poor' } // sparse, and no better when it is asked for
    const good = {
      id: 'good',
      subject: 'x',
      receivedDateTime: '2026-11-20T09:00:00Z',
      parentFolderId: 'f',
    }
    const graph = await aScriptedGraph(({ url }, base) => {
      if (url.includes('delta'))
        return { body: { value: [bad, poor, good, 7], '@odata.deltaLink': `${base}/v1.0/end` } }
      if (url.includes('/messages?')) return { body: { value: [bad, poor, good] } }
      if (url.includes('/messages/')) return { body: poor }
      return { status: 403 }
    })
    await box.work({ providers: graph.providers })
    expect(box.failures).toEqual([])
    expect(await accountOf('bad')).toMatchObject({ state: 'failed', reason: 'malformed' })
    expect(await accountOf('poor')).toMatchObject({ state: 'failed', reason: 'malformed' })
    expect((await accountOf('good'))?.state).toBe('stored')
    expect((await proof())?.equal).toBe(true)
    await graph[Symbol.asyncDispose]()
  })
})
