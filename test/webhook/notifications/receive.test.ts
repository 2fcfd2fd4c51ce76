import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { aBatch, anItem, aReceiver, type TestReceiver } from './a-receiver.ts'

let box: TestReceiver
let inbox: string
beforeEach(async () => {
  box = await aReceiver()
  inbox = await box.aSubscribedFolder('Inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const ring = (...items: Record<string, unknown>[]) => box.receiver.take(aBatch(...items))

describe('a batch of notifications', () => {
  it('of a thousand rings each folder once', async () => {
    const sent = await box.aSubscribedFolder('Sent')
    const quiet = await box.aSubscribedFolder('Quiet')
    const thousand = Array.from({ length: 1_000 }, (_, n) =>
      anItem({ subscriptionId: n % 2 ? 'Inbox' : 'Sent' }),
    )
    await ring(...thousand)
    expect(await box.bellsOf(inbox)).toBe(1)
    expect(await box.bellsOf(sent)).toBe(1)
    expect(await box.bellsOf(quiet)).toBe(0)
  })

  it('with forged ones among them rings for the genuine ones alone', async () => {
    const sent = await box.aSubscribedFolder('Sent')
    await ring(
      anItem({ clientState: 'guess' }),
      anItem({ subscriptionId: 'Sent' }),
      anItem({ subscriptionId: 'unknown' }),
    )
    expect(await box.bellsOf(inbox)).toBe(0)
    expect(await box.bellsOf(sent)).toBe(1)
    expect(box.alarms).toEqual([
      { subscriptionId: 'Inbox', reason: 'forged', count: 1 },
      { subscriptionId: null, reason: 'unknown', count: 1 },
    ])
  })

  it('of nothing but forged ones changes nothing at all', async () => {
    const before = await box.folders.find(inbox)
    await ring(...Array.from({ length: 100 }, (_, n) => anItem({ clientState: `guess ${n}` })))
    expect(await box.folders.find(inbox)).toEqual(before)
  })

  it('replayed ten thousand times is still one owed pass', async () => {
    const batch = Array.from({ length: 1_000 }, () => anItem())
    for (let replay = 0; replay < 10; replay++) await ring(...batch)
    await box.clock.advance(60_000)
    const claimed = await box.queue.claim()
    expect(claimed?.folder._id).toBe(inbox)
    await box.queue.finish(claimed!.lease, new Date('9999-01-01'))
    expect(await box.queue.claim()).toBeNull()
  })
})

describe('a lifecycle event', () => {
  it('"missed" rings like a change', async () => {
    await ring(anItem({ lifecycleEvent: 'missed', resource: undefined }))
    expect(await box.bellsOf(inbox)).toBe(1)
  })

  it('"subscriptionRemoved" forgets the subscription and asks what was missed', async () => {
    await ring(anItem({ lifecycleEvent: 'subscriptionRemoved' }))
    expect((await box.subscriptionStore.ofFolder(inbox))?.expiresAt).toEqual(box.clock.now())
    expect(await box.bellsOf(inbox)).toBe(1)
  })

  it('"subscriptionRemoved" twice, also beside a change, does no harm', async () => {
    const removed = anItem({ lifecycleEvent: 'subscriptionRemoved' })
    await ring(removed, anItem(), removed)
    expect((await box.subscriptionStore.ofFolder(inbox))?.expiresAt).toEqual(box.clock.now())
    expect(await box.bellsOf(inbox)).toBeGreaterThan(0)
  })

  it('"reauthorizationRequired" makes the renewal due at once, and costs no look at the mail', async () => {
    await box.clock.advance(60_000)
    await ring(anItem({ lifecycleEvent: 'reauthorizationRequired' }))
    const now = box.clock.now()
    expect(await box.subscriptionStore.dueForRenewal(now, 9)).toMatchObject([{ challengedAt: now }])
    expect(await box.bellsOf(inbox)).toBe(0)
  })

  it('"reauthorizationRequired" just after a renewal asks what is kept from us', async () => {
    await ring(anItem({ lifecycleEvent: 'reauthorizationRequired' }))
    expect(await box.bellsOf(inbox)).toBe(1)
  })

  it.each(['subscriptionRemoved', 'reauthorizationRequired', 'missed'])(
    '"%s" that is forged changes nothing',
    async (lifecycleEvent) => {
      const before = [await box.folders.find(inbox), await box.subscriptionStore.ofFolder(inbox)]
      await ring(anItem({ lifecycleEvent, clientState: 'guess' }))
      expect([await box.folders.find(inbox), await box.subscriptionStore.ofFolder(inbox)]).toEqual(
        before,
      )
    },
  )
})
