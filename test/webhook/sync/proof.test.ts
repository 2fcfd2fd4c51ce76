import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { anAccount } from '../../support/builders.ts'
import { aScriptedGraph, ALICE, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const accountOf = async (messageId: string) =>
  (await box.accounts()).find((entry) => entry.messageId === messageId)
const ID_LISTS = /messages\?\$select=id&/i

/** A day later, when the proof is due again. */
async function nextDay() {
  await box.clock.advance(DAY + HOUR)
  return box.work()
}

describe('the proof that a folder is complete', () => {
  it('is repeated once a day, and not with every bell', async () => {
    await fill(box.twin, 3)
    await box.work()
    expect(box.graph.requests.count({ path: ID_LISTS })).toBe(1)
    await box.ringAndWork(inbox)
    expect(box.graph.requests.count({ path: ID_LISTS })).toBe(1)
    await nextDay()
    expect(box.graph.requests.count({ path: ID_LISTS })).toBe(2)
    expect((await box.folder(inbox)).proof).toMatchObject({ at: box.clock.now(), equal: true })
  })

  it('finds mail that we lost, and brings it back', async () => {
    const [ref] = await fill(box.twin, 3)
    await box.work()
    await ledgerEntryModel(box.db).deleteOne({ messageId: ref!.immutableId })
    await nextDay()
    expect((await accountOf(ref!.immutableId))?.state).toBe('stored')
    expect(await box.storedEmails()).toHaveLength(3)
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })

  it('finds mail whose account says that it is in another folder', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    const archive = { folderId: 'folder-archive', now: box.clock.now() }
    await box.ledger.moved(box.mailbox._id, [ref!.immutableId], archive)
    await nextDay()
    expect(await accountOf(ref!.immutableId)).toMatchObject({ folderId: inbox, state: 'stored' })
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })

  it('finds mail that is no longer there, and says that it is gone', async () => {
    const [ref] = await fill(box.twin, 1)
    box.graph.mailboxes.remove(ALICE, ref!.defaultId, { purge: true })
    await box.work()
    const ghost = { mailboxId: box.mailbox._id, folderId: inbox, messageId: ref!.immutableId }
    await box.ledger.apply([anAccount(ghost)], box.clock.now())
    await nextDay()
    expect(await accountOf(ref!.immutableId)).toMatchObject({
      state: 'gone',
      reason: 'deleted-in-mailbox',
    })
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })

  it('that fails is said, and repeated every minute until it succeeds', async () => {
    await fill(box.twin, 2)
    await box.clock.advance(HOUR)
    // Mail that delta does not show yet, and that Graph refuses to show alone: the difference stays.
    const late = await box.graph.mailboxes.deliver(ALICE, {
      mime: () => Buffer.from('Subject: Late\r\n\r\n'),
    })
    box.graph.knobs.mail.deltaLagMs = HOUR
    box.graph.desk.failRequests(404, 9, {
      path: `/messages/${encodeURIComponent(late.immutableId)}`,
    })
    await box.clock.advance(MINUTE)
    await box.work()
    const folder = await box.folder(inbox)
    expect(folder.proof).toMatchObject({ equal: false, missing: 1, surplus: 0 })
    expect(folder.dueAt.getTime() - box.clock.now().getTime()).toBe(MINUTE)
    box.graph.desk.clear()
    await box.clock.advance(MINUTE)
    await box.work()
    expect((await box.folder(inbox)).proof).toMatchObject({ equal: true })
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
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
    await graph[Symbol.asyncDispose]()
  })
})
