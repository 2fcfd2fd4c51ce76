import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ChangeSettings } from '../../../models/wire/mailbox.ts'
import { HOUR } from '../../../webhook/duration.ts'
import { MailboxControl } from '../../../webhook/crm/mailbox-control.ts'
import { fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let control: MailboxControl
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  control = new MailboxControl(box)
  inbox = await box.watch('inbox')
  await fill(box.twin, 3)
  await box.work()
})
afterEach(() => box[Symbol.asyncDispose]())

const mailbox = async () => (await box.mailboxes.find(box.mailbox._id))!
const change = async (changes: ChangeSettings) => control.changeSettings(await mailbox(), changes)
const deltaRequests = () => box.graph.requests.count({ path: 'delta' })

describe('pausing a mailbox', () => {
  it('stops every request for it, and resuming goes on from the cursor', async () => {
    await control.pause(await mailbox(), 'Ada')
    await fill(box.twin, 4)
    box.graph.requests.clear()
    await box.ringAndWork(inbox)
    expect(box.graph.requests.count()).toBe(0)
    expect(await box.storedEmails()).toHaveLength(3)

    const resumed = await control.resume(await mailbox())
    expect(resumed.paused).toBeNull()
    expect((await box.folder(inbox)).proofDueAt).toEqual(box.clock.now()) // not green before that
    expect(await box.work()).toBe(1)
    expect(await box.storedEmails()).toHaveLength(4)
    expect(box.graph.requests.find({ path: 'delta' })[0]?.path).toMatch(/deltatoken/i)
  })
})

describe('who resumes a mailbox and dies right after', () => {
  it('leaves its folders to be read within the hour', async () => {
    await control.pause(await mailbox(), 'Ada')
    await fill(box.twin, 4)
    await box.ringAndWork(inbox)
    await box.mailboxes.pause(box.mailbox._id, null) // and rings for nothing
    await box.clock.advance(HOUR)
    expect(await box.work()).toBe(1)
    expect(await box.storedEmails()).toHaveLength(4)
  })
})

describe('asking for it now', () => {
  it('reads every watched folder at once', async () => {
    await fill(box.twin, 4)
    expect(await box.work()).toBe(0)
    await control.syncNow(await mailbox())
    expect(await box.work()).toBe(1)
    expect(await box.storedEmails()).toHaveLength(4)
  })

  it('compares every watched folder at once', async () => {
    const before = (await box.folder(inbox)).proof
    await box.clock.advance(60_000)
    await control.reconcileNow(await mailbox())
    await box.work()
    expect((await box.folder(inbox)).proof?.at.getTime()).toBeGreaterThan(before!.at.getTime())
  })
})

describe('the settings of a mailbox', () => {
  it('change one at a time', async () => {
    await change({ pollEveryMinutes: 15 })
    expect(await change({ windowDays: 90 })).toMatchObject({
      settings: { pollEveryMinutes: 15, windowDays: 90 },
    })
    expect(await change({ pollEveryMinutes: null })).toMatchObject({
      settings: { pollEveryMinutes: null, windowDays: 90 },
    })
  })

  it('end the subscription where it shall be asked now and then, and make one again', async () => {
    expect(box.graph.subscriptions.all()).toHaveLength(1)
    await change({ pollEveryMinutes: 5 })
    await box.work()
    expect(box.graph.subscriptions.all()).toHaveLength(0)
    await change({ pollEveryMinutes: null })
    await box.work()
    expect(box.graph.subscriptions.all()).toHaveLength(1)
  })

  it('with a narrower window take nothing away, and read nothing again', async () => {
    await change({ windowDays: 30 })
    box.graph.requests.clear()
    await box.work()
    expect(deltaRequests()).toBe(1)
    expect(box.graph.requests.find({ path: 'delta' })[0]?.path).toMatch(/deltatoken/i)
    expect(await box.storedEmails()).toHaveLength(3)
  })

  it('with a wider window read every folder from its beginning, and show it as progress', async () => {
    await change({ windowDays: 30 })
    await box.work()
    await change({ windowDays: 365 })
    expect(await box.folder(inbox)).toMatchObject({
      cursor: null,
      backfill: { done: 0, finishedAt: null, startedAt: box.clock.now() },
    })
    box.graph.requests.clear()
    await box.work()
    expect(box.graph.requests.find({ path: 'delta' })[0]?.path).not.toMatch(/deltatoken/i)
    expect((await box.folder(inbox)).backfill.finishedAt).not.toBeNull()
    expect(await box.storedEmails()).toHaveLength(3)
  })

  it('fence out a pass that still reads by the old window', async () => {
    await change({ windowDays: 0 })
    await box.work()
    await box.queue.ring([inbox])
    await box.clock.advance(2_000)
    const claimed = (await box.queue.claim())!
    await change({ windowDays: null })
    await box.run(claimed)
    expect((await box.folder(inbox)).cursor).toBeNull()
  })
})
