import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { aMime, ALICE, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const MANY = 60
const accountOf = async (messageId: string) =>
  (await box.accounts()).find((entry) => entry.messageId === messageId)
const entries = () => ledgerEntryModel(box.db)
const proof = async () => (await box.folder(inbox)).proof

/** A day later, when the next comparison is due. */
async function nextDay() {
  await box.clock.advance(DAY + HOUR)
  return box.work()
}

describe('an account that somebody deleted by hand', () => {
  const lost = (messageId: string) => entries().deleteOne({ messageId })

  it('is given again, also when its message has left the mailbox long since', async () => {
    const [stays, left] = await fill(box.twin, 3)
    await box.work()
    box.graph.mailboxes.remove(ALICE, left!.immutableId, { purge: true })
    await box.ringAndWork(inbox)
    const before = await accountOf(left!.immutableId)
    await lost(stays!.immutableId)
    await lost(left!.immutableId)
    await nextDay()
    const { state, reason, emailId, folderId } = before!
    expect(state).toBe('gone')
    const again = { state, reason, emailId, folderId, retryAt: null }
    expect(await accountOf(left!.immutableId)).toMatchObject(again)
    expect(await accountOf(stays!.immutableId)).toMatchObject({
      state: 'stored',
      emailId: expect.any(String),
    })
    expect(await proof()).toMatchObject({ equal: true, repaired: 2 })
    await nextDay()
    expect(await proof()).toMatchObject({ equal: true, repaired: 0 })
  })

  it('is given again when its message left meanwhile, and Graph forgot to say so', async () => {
    const [ref] = await fill(box.twin, 3)
    await box.work()
    await lost(ref!.immutableId)
    box.graph.mailboxes.move(ALICE, ref!.immutableId, 'junkemail')
    box.graph.desk.killDeltaToken(ALICE, box.graph.mailboxes.folder(ALICE, 'inbox').id)
    await nextDay()
    await nextDay()
    const gone = { state: 'gone', reason: 'moved-out' }
    expect(await accountOf(ref!.immutableId)).toMatchObject(gone)
    expect(await proof()).toMatchObject({ equal: true })
    expect(await box.storedEmails()).toHaveLength(3)
  })
})

describe('an account that somebody altered by hand', () => {
  it.each<[string, object, number]>([
    ['stored as excluded', { state: 'excluded' }, 0],
    ['stored as excluded, with a reason', { state: 'excluded', reason: 'draft' }, 0],
    ['stored as failed', { state: 'failed', retryAt: null }, 0],
    ['stored as waiting, without an end', { state: 'pending', retryAt: null }, 0],
    [
      'stored as one that waits and is never tried',
      { state: 'pending', reason: 'waiting', emailId: null, retryAt: null },
      0,
    ],
    ['its e-mail as that of another message', { emailId: 'another' }, 1],
  ])('is found and mended (%s)', async (_, change, lostEmails) => {
    const [ref] = await fill(box.twin, 3)
    await box.work()
    const before = await accountOf(ref!.immutableId)
    await entries().updateOne({ messageId: ref!.immutableId }, change)
    await nextDay()
    const { state, reason, emailId } = before!
    expect(await accountOf(ref!.immutableId)).toMatchObject({ state, reason, emailId })
    expect(await proof()).toMatchObject({ equal: true, repaired: 1, lostEmails })
    expect(await box.storedEmails()).toHaveLength(3)
  })

  it('is found when an excluded message is called stored', async () => {
    const ref = await box.graph.mailboxes.deliver(ALICE, {
      mime: aMime('Draft'),
      folder: 'inbox',
      isDraft: true,
    })
    await box.work()
    await entries().updateOne({}, { state: 'stored', reason: 'new' })
    await nextDay()
    const draft = { state: 'excluded', reason: 'draft', emailId: null }
    expect(await accountOf(ref.immutableId)).toMatchObject(draft)
    expect(await proof()).toMatchObject({ equal: true, repaired: 1 })
    await nextDay()
    expect(await proof()).toMatchObject({ equal: true, repaired: 0 })
  })

  it('is not what was stored before and is left out since the window became narrower', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    await box.clock.advance(DAY)
    await box.mailboxes.saveSettings(box.mailbox._id, {
      pollEveryMinutes: null,
      windowDays: 0,
      sharing: null,
    })
    await entries().updateOne({}, { state: 'gone', reason: 'moved-out' })
    await box.queue.startOver([inbox])
    await box.work()
    const leftOut = { state: 'excluded', reason: 'older-than-window' }
    expect(await accountOf(ref!.immutableId)).toMatchObject(leftOut)
    await nextDay()
    expect(await accountOf(ref!.immutableId)).toMatchObject(leftOut)
    expect(await proof()).toMatchObject({ equal: true, repaired: 0 })
  })

  it('has the folder read again when it is one of many', async () => {
    await fill(box.twin, MANY)
    await box.work()
    await entries().updateMany({}, { state: 'excluded' })
    await box.clock.advance(DAY + HOUR)
    await box.work()
    await box.clock.advance(MINUTE)
    await box.work()
    expect((await box.accounts()).every(({ state }) => state === 'stored')).toBe(true)
    expect(await proof()).toMatchObject({ equal: true, repaired: MANY })
  })
})
