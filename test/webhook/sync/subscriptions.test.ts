import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, SAFETY_POLL_MS, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const ours = () => box.subscriptionStore.ofFolder(inbox)
const graphs = () => box.graph.subscriptions.all()
const ensure = async () =>
  box.subscriptions.ensure(await box.folder(inbox), box.mailbox, untilTheEnd)
const pollMs = async () => (await box.folder(inbox)).dueAt.getTime() - box.clock.now().getTime()

describe('the subscription of a watched folder', () => {
  it('is made once, and its secret is kept as a hash alone', async () => {
    expect(await ensure()).toBe(true)
    expect(await ensure()).toBe(true)
    const [graphs1, ...others] = graphs()
    expect(others).toEqual([])
    const record = await ours()
    expect(record).toMatchObject({ _id: graphs1?.id, expiresAt: graphs1?.expiresAt })
    expect(graphs1?.clientState).toHaveLength(43)
    expect(JSON.stringify(record)).not.toContain(graphs1?.clientState)
    expect(graphs1).toMatchObject({
      notificationUrl: 'https://crm.example/webhooks/graph/notifications',
      lifecycleNotificationUrl: 'https://crm.example/webhooks/graph/lifecycle',
    })
  })

  it('is made anew when it has run out', async () => {
    await ensure()
    const first = await ours()
    await box.clock.advance(72 * HOUR)
    expect(await ensure()).toBe(true)
    expect((await ours())?._id).not.toBe(first?._id)
    expect((await ours())?.expiresAt.getTime()).toBeGreaterThan(box.clock.now().getTime())
  })

  it('that is refused leaves the folder to be asked every minute', async () => {
    box.graph.desk.failRequests(403, 2, { path: '/subscriptions' }) // once more with a fresh token
    await box.work()
    expect(await ours()).toBeNull()
    expect(await pollMs()).toBe(MINUTE)
    await box.clock.advance(MINUTE)
    await box.work()
    expect(await ours()).not.toBeNull()
    expect(await pollMs()).toBe(SAFETY_POLL_MS)
  })

  it('is refused for the whole mailbox when the credential is', async () => {
    box.graph.desk.failRequests(401, 9, { path: '/subscriptions' })
    await expect(ensure()).rejects.toMatchObject({ retry: 'after-reconnect' })
  })

  it('ends with the watching, at Graph, too', async () => {
    await ensure()
    await box.subscriptions.end(inbox, box.mailbox, untilTheEnd)
    await box.subscriptions.end(inbox, box.mailbox, untilTheEnd)
    expect([await ours(), graphs()]).toEqual([null, []])
  })

  it('ends also when Graph no longer has it', async () => {
    await ensure()
    box.graph.desk.removeSubscription()
    await box.subscriptions.end(inbox, box.mailbox, untilTheEnd)
    expect(await ours()).toBeNull()
  })
})

describe('a renewal', () => {
  it('comes at two thirds of the life that was granted, and not before', async () => {
    box.graph.knobs.subscriptions.maxMinutes = 600
    box.graph.knobs.subscriptions.tooLong = 'shorten'
    await ensure()
    const first = await ours()
    await box.clock.advance(400 * MINUTE - 1)
    await box.subscriptions.renewDue(untilTheEnd)
    expect(await ours()).toEqual(first)
    await box.clock.advance(1)
    await box.subscriptions.renewDue(untilTheEnd)
    expect((await ours())?.expiresAt).toEqual(new Date(box.clock.now().getTime() + 600 * MINUTE))
    expect(graphs()[0]?.expiresAt).toEqual((await ours())?.expiresAt)
  })

  it('is asked for once when ten instances look at the same time', async () => {
    await ensure()
    await box.clock.advance(50 * HOUR)
    box.graph.requests.clear()
    await Promise.all(Array.from({ length: 10 }, () => box.subscriptions.renewDue(untilTheEnd)))
    expect(box.graph.requests.count({ method: 'PATCH' })).toBe(1)
  })

  it('of one that Graph has lost asks the folder what was missed', async () => {
    await box.work()
    box.graph.desk.removeSubscription()
    await box.clock.advance(50 * HOUR)
    await box.work()
    const bells = (await box.folder(inbox)).dirtySeq
    await box.subscriptions.renewDue(untilTheEnd)
    expect(await ours()).toBeNull()
    expect((await box.folder(inbox)).dirtySeq).toBe(bells + 1)
    await box.clock.advance(MINUTE)
    await box.work()
    expect(await ours()).not.toBeNull()
  })

  it('that fails is tried again in five minutes', async () => {
    await ensure()
    await box.clock.advance(50 * HOUR)
    box.graph.desk.failRequests(503, 1, { method: 'PATCH' })
    const before = await ours()
    await box.subscriptions.renewDue(untilTheEnd)
    await box.subscriptions.renewDue(untilTheEnd)
    expect((await ours())?.expiresAt).toEqual(before?.expiresAt)
    await box.clock.advance(5 * MINUTE)
    await box.subscriptions.renewDue(untilTheEnd)
    expect((await ours())?.expiresAt).not.toEqual(before?.expiresAt)
  })

  it('whose credential is refused says that the mailbox must be connected again', async () => {
    await ensure()
    await box.clock.advance(50 * HOUR)
    box.graph.desk.failRequests(401, 9, { method: 'PATCH' })
    await box.subscriptions.renewDue(untilTheEnd)
    expect((await box.mailboxes.find(box.mailbox._id))?.status).toBe('reconnect-needed')
    box.graph.requests.clear()
    await box.clock.advance(10 * MINUTE)
    await box.subscriptions.renewDue(untilTheEnd)
    expect(box.graph.requests.count()).toBe(0)
  })
})
