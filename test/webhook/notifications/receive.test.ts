import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { receive } from '../../../webhook/notifications/receive.ts'
import { Notification } from '../../../webhook/notifications/schema.ts'
import { anItem, aReceiver, type Receiver } from './a-receiver.ts'

let receiver: Receiver
let inbox: string
beforeEach(async () => {
  receiver = await aReceiver()
  inbox = await receiver.aSubscribedFolder('Inbox')
})
afterEach(() => receiver[Symbol.asyncDispose]())

const ring = (...items: Record<string, unknown>[]) =>
  receive(
    receiver.parts,
    items.map((item) => Notification.parse(item)),
  )

describe('a batch of notifications', () => {
  it('of a thousand rings each folder once', async () => {
    const sent = await receiver.aSubscribedFolder('Sent')
    const quiet = await receiver.aSubscribedFolder('Quiet')
    const thousand = Array.from({ length: 1_000 }, (_, n) =>
      anItem({ subscriptionId: n % 2 ? 'Inbox' : 'Sent' }),
    )
    await ring(...thousand)
    expect(await receiver.bellsOf(inbox)).toBe(1)
    expect(await receiver.bellsOf(sent)).toBe(1)
    expect(await receiver.bellsOf(quiet)).toBe(0)
  })

  it('with forged ones among them rings for the genuine ones alone', async () => {
    const sent = await receiver.aSubscribedFolder('Sent')
    await ring(
      anItem({ clientState: 'guess' }),
      anItem({ subscriptionId: 'Sent' }),
      anItem({ subscriptionId: 'unknown' }),
    )
    expect(await receiver.bellsOf(inbox)).toBe(0)
    expect(await receiver.bellsOf(sent)).toBe(1)
    expect(receiver.refused).toEqual([
      { subscriptionId: 'Inbox', reason: 'forged' },
      { subscriptionId: 'unknown', reason: 'unknown' },
    ])
  })

  it('of nothing but forged ones changes nothing at all', async () => {
    const before = await receiver.folders.find(inbox)
    await ring(...Array.from({ length: 100 }, (_, n) => anItem({ clientState: `guess ${n}` })))
    expect(await receiver.folders.find(inbox)).toEqual(before)
  })

  it('replayed ten thousand times is still one owed pass', async () => {
    const batch = Array.from({ length: 1_000 }, () => anItem())
    for (let replay = 0; replay < 10; replay++) await ring(...batch)
    await receiver.clock.advance(60_000)
    const claimed = await receiver.queue.claim()
    expect(claimed?.folder._id).toBe(inbox)
    await receiver.queue.finish(claimed!.lease, new Date('9999-01-01'))
    expect(await receiver.queue.claim()).toBeNull()
  })
})

describe('a lifecycle event', () => {
  it('"missed" rings like a change', async () => {
    await ring(anItem({ lifecycleEvent: 'missed', resource: undefined }))
    expect(await receiver.bellsOf(inbox)).toBe(1)
  })

  it('"subscriptionRemoved" forgets the subscription and asks what was missed', async () => {
    await ring(anItem({ lifecycleEvent: 'subscriptionRemoved' }))
    expect(await receiver.subscriptionStore.ofFolder(inbox)).toBeNull()
    expect(await receiver.bellsOf(inbox)).toBe(1)
  })

  it('"subscriptionRemoved" twice, also beside a change, does no harm', async () => {
    const removed = anItem({ lifecycleEvent: 'subscriptionRemoved' })
    await ring(removed, anItem(), removed)
    expect(await receiver.subscriptionStore.ofFolder(inbox)).toBeNull()
    expect(await receiver.bellsOf(inbox)).toBeGreaterThan(0)
  })

  it('"reauthorizationRequired" makes the renewal due at once, and rings nobody', async () => {
    await ring(anItem({ lifecycleEvent: 'reauthorizationRequired' }))
    const now = receiver.clock.now()
    expect(await receiver.subscriptionStore.dueForRenewal(now, 9)).toHaveLength(1)
    expect(await receiver.bellsOf(inbox)).toBe(0)
  })

  it.each(['subscriptionRemoved', 'reauthorizationRequired', 'missed'])(
    '"%s" that is forged changes nothing',
    async (lifecycleEvent) => {
      const before = [
        await receiver.folders.find(inbox),
        await receiver.subscriptionStore.ofFolder(inbox),
      ]
      await ring(anItem({ lifecycleEvent, clientState: 'guess' }))
      expect([
        await receiver.folders.find(inbox),
        await receiver.subscriptionStore.ofFolder(inbox),
      ]).toEqual(before)
    },
  )
})
