import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MINUTE } from '../../../webhook/duration.ts'
import { ALICE, aMime, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const stateOf = async (messageId: string) => {
  const entry = (await box.accounts()).find((one) => one.messageId === messageId)
  return entry && `${entry.state}: ${entry.reason}`
}
const placesOf = async () =>
  (await box.storedEmails()).map(({ sightings }) => sightings.map(({ folderName }) => folderName))

describe('the first pass over a folder', () => {
  it('stores every mail once, subscribes, proves it and rests', async () => {
    await fill(box.twin, 25)
    expect(await box.work()).toBe(1)
    expect(await box.storedEmails()).toHaveLength(25)
    const folder = await box.folder(inbox)
    expect(folder.backfill).toMatchObject({ done: 25, finishedAt: box.clock.now() })
    expect(folder.proof).toMatchObject({ equal: true, missing: 0, surplus: 0 })
    expect(folder.dueAt.getTime() - box.clock.now().getTime()).toBe(15 * MINUTE)
    expect(box.graph.subscriptions.all()).toHaveLength(1)
    expect(box.graph.requests.count({ path: /messages\/delta/i })).toBe(3)
  })

  it('says what each mail looked like, and where and since when it is seen', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    const [email] = await box.storedEmails()
    expect(email).toMatchObject({
      subject: 'Mail 0',
      internetMessageId: '<Mail0@customer.example>',
      from: { address: 'carol@customer.example' },
      sightings: [
        {
          via: 'sync',
          mailboxId: box.mailbox._id,
          folderName: 'Inbox',
          messageId: ref?.immutableId,
          ownerUserId: ALICE,
          since: box.clock.now(),
        },
      ],
    })
    expect(await stateOf(ref!.immutableId)).toBe('stored: new')
  })

  it('tells after each page which e-mails are new', async () => {
    await fill(box.twin, 12)
    const told: number[] = []
    await box.work({ onApplied: ({ newEmailIds }) => told.push(newEmailIds.length) })
    expect(told).toEqual([10, 2])
    await box.ringAndWork(inbox)
    expect(await box.storedEmails()).toHaveLength(12)
  })

  it('accounts for a draft without storing it, and stores it once it is sent', async () => {
    const draft = await box.graph.mailboxes.deliver(ALICE, {
      mime: aMime('Draft'),
      folder: 'inbox',
      isDraft: true,
    })
    await box.work()
    expect(await box.storedEmails()).toEqual([])
    expect(await stateOf(draft.immutableId)).toBe('excluded: draft')
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
    const sent = await box.watch('sentitems')
    await box.graph.mailboxes.sendDraft(ALICE, draft.immutableId)
    await box.ringAndWork(inbox, sent)
    expect(await stateOf(draft.immutableId)).toBe('stored: new')
  })
})

describe('a copy of an e-mail that is there', () => {
  it('is the same e-mail with one more sighting', async () => {
    const [first] = await fill(box.twin, 1)
    const copy = box.graph.mailboxes.copy(ALICE, first!.defaultId, 'inbox')
    await box.work()
    expect(await placesOf()).toEqual([['Inbox', 'Inbox']])
    // The newest is read first.
    const states = [await stateOf(first!.immutableId), await stateOf(copy.immutableId)]
    expect(states.toSorted()).toEqual(['stored: duplicate-of', 'stored: new'])
  })
})

describe('later passes', () => {
  it('cost one request when nothing changed, and change nothing', async () => {
    await fill(box.twin, 3)
    await box.work()
    const before = [await box.storedEmails(), await box.accounts()]
    box.graph.requests.clear()
    await box.ringAndWork(inbox)
    expect(box.graph.requests.count()).toBe(1)
    expect([await box.storedEmails(), await box.accounts()]).toEqual(before)
  })

  it('need no request for a read flip', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    box.graph.mailboxes.patch(ALICE, ref!.defaultId, { isRead: true })
    box.graph.requests.clear()
    await box.ringAndWork(inbox)
    expect(box.graph.requests.count()).toBe(1)
  })

  it('see a deletion, a move away and a move between watched folders', async () => {
    const archive = await box.watch('archive')
    const [deleted, away, moved] = await fill(box.twin, 3)
    await box.work()
    box.graph.mailboxes.remove(ALICE, deleted!.defaultId, { purge: true })
    box.graph.mailboxes.move(ALICE, away!.defaultId, 'junkemail')
    box.graph.mailboxes.move(ALICE, moved!.defaultId, 'archive')
    await box.ringAndWork(inbox, archive)
    expect(await stateOf(deleted!.immutableId)).toBe('gone: deleted-in-mailbox')
    expect(await stateOf(away!.immutableId)).toBe('gone: moved-out')
    expect(await stateOf(moved!.immutableId)).toMatch(/^stored/)
    expect((await box.storedEmails()).at(-1)?.sightings).toMatchObject([{ folderName: 'Archive' }])
  })

  it('see it when mail is moved, whichever folder is asked first', async () => {
    const archive = await box.watch('archive')
    const [ref] = await fill(box.twin, 1)
    await box.work()
    box.graph.mailboxes.move(ALICE, ref!.defaultId, 'archive')
    await box.ringAndWork(archive)
    await box.ringAndWork(inbox)
    expect(await stateOf(ref!.immutableId)).toMatch(/^stored/)
    expect(await placesOf()).toEqual([['Archive']])
    const back = box.graph.mailboxes.move(ALICE, ref!.immutableId, 'inbox')
    await box.ringAndWork(archive)
    await box.ringAndWork(inbox)
    expect(await stateOf(back.immutableId)).toMatch(/^stored/)
    expect(await placesOf()).toEqual([['Inbox']])
  })

  it('see that a removal was none when the mail is there', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    Object.assign(box.graph.knobs.mail, { deltaLosesRoundTrips: true })
    box.graph.mailboxes.move(ALICE, ref!.immutableId, 'archive')
    box.graph.mailboxes.move(ALICE, ref!.immutableId, 'inbox')
    await box.ringAndWork(inbox)
    expect(await stateOf(ref!.immutableId)).toBe('stored: new')
  })

  it('see mail that came, left and came back between two looks', async () => {
    await box.work()
    Object.assign(box.graph.knobs.mail, { deltaLosesRoundTrips: true })
    const [ref, other] = await fill(box.twin, 2)
    for (const { immutableId } of [ref!, other!])
      box.graph.mailboxes.move(ALICE, immutableId, 'archive')
    box.graph.mailboxes.move(ALICE, ref!.immutableId, 'inbox')
    await box.ringAndWork(inbox)
    expect(await stateOf(ref!.immutableId)).toBe('stored: new')
    expect(await box.accounts()).toHaveLength(1)
  })

  it('survive empty pages, repeats, replays and sparse records of everything', async () => {
    Object.assign(box.graph.knobs.mail, {
      deltaEmptyPages: 0.5,
      deltaDuplicates: 0.5,
      deltaReplays: 1,
      deltaSparse: 'all',
    })
    const refs = await fill(box.twin, 30)
    await box.work()
    for (const ref of refs)
      box.graph.mailboxes.patch(ALICE, ref.immutableId, { isRead: true, categories: ['x'] })
    await fill(box.twin, 35)
    await box.ringAndWork(inbox)
    expect(await box.storedEmails()).toHaveLength(35)
    expect((await box.accounts()).every(({ state }) => state === 'stored')).toBe(true)
  })
})
