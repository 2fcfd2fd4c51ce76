import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { NEVER } from '../../../models/folder.ts'
import { Random } from '../../../sandbox/random.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { anItem, aBatch, aReceiver, type TestReceiver } from './a-receiver.ts'

const FOLDERS = 30
const EVENTS = ['missed', 'subscriptionRemoved', 'reauthorizationRequired'] as const

let box: TestReceiver
const folders: string[] = []
beforeEach(async () => {
  box = await aReceiver()
  folders.length = 0
  for (let n = 0; n < FOLDERS; n++) folders.push(await box.aSubscribedFolder(`Folder ${n}`))
  await box.clock.advance(2 * MINUTE)
})
afterEach(() => box[Symbol.asyncDispose]())

const eventOf = (n: number) => EVENTS[n % 3]!
const item = (n: number) =>
  anItem({
    subscriptionId: `Folder ${n % FOLDERS}`,
    lifecycleEvent: eventOf(n),
    ...{ changeType: undefined, resource: undefined },
  })

describe('a thousand of each lifecycle event', () => {
  it.each([1, 2, 3])(
    'batched, repeated and in any order, are each heeded (seed %i)',
    async (seed) => {
      const random = new Random(seed)
      const all = random.shuffle(Array.from({ length: 3_000 }, (_, n) => item(n)))
      for (let at = 0; at < all.length;) {
        const size = random.between(1, 300)
        const batch = aBatch(...all.slice(at, at + size))
        await Promise.all(
          Array.from({ length: random.between(1, 3) }, () => box.receiver.take(batch)),
        )
        at += size
      }
      const now = box.clock.now()
      const due = (await box.subscriptionStore.dueForRenewal(now, 99)).map(({ _id }) => _id)
      for (const [n, folderId] of folders.entries()) {
        const record = await box.subscriptionStore.ofFolder(folderId)
        const event = eventOf(n)
        const rang = (await box.bellsOf(folderId)) > 0
        expect(rang).toBe(event !== 'reauthorizationRequired')
        expect(record?.expiresAt).toEqual(event === 'subscriptionRemoved' ? now : NEVER)
        expect(due.includes(`Folder ${n}`)).toBe(event === 'reauthorizationRequired')
      }
    },
  )
})

describe('the news that a subscription was removed', () => {
  it('is told again after a crash, and understood again', async () => {
    const dying = box.receiverOn({
      crash: (point) => {
        if (point === 'bell-written') throw new Error('killed')
      },
    })
    const removed = aBatch(item(1))
    await expect(dying.take(removed)).rejects.toThrow()
    await box.receiver.take(removed)
    expect(await box.bellsOf(folders[1]!)).toBe(2)
  })

  it('is not lost when we die between forgetting the subscription and ringing', async () => {
    const removed = aBatch(item(1))
    let deaths = 0
    const dying = box.receiverOn({
      queue: {
        ring: () => {
          deaths++
          return Promise.reject(new Error('killed'))
        },
      },
    })
    await expect(dying.take(removed)).rejects.toThrow()
    expect(deaths).toBe(1)
    expect(await box.bellsOf(folders[1]!)).toBe(0)
    await box.receiver.take(removed)
    expect(await box.bellsOf(folders[1]!)).toBe(1)
  })

  it('ends what its changes still say', async () => {
    await box.receiver.take(aBatch(item(1)))
    await box.receiver.take(aBatch(anItem({ subscriptionId: 'Folder 1' })))
    expect(await box.bellsOf(folders[1]!)).toBe(1)
  })
})
