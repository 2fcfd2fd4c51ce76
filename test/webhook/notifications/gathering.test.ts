import { describe, expect, it } from '@jest/globals'
import { NEVER } from '../../../models/folder.ts'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { Gatherer } from '../../../webhook/notifications/gatherer.ts'
import { KnownSubscriptions } from '../../../webhook/notifications/known-subscriptions.ts'
import { aSubscription } from '../../support/builders.ts'
import { anItem, aBatch, aReceiver, listening } from './a-receiver.ts'

/** A store that writes when it is let. */
function aStore() {
  const clock = new VirtualClock()
  const groups: number[][] = []
  const waiting: { done: () => void; failed: (error: unknown) => void }[] = []
  const write = (group: number[]) => {
    groups.push(group)
    return new Promise<void>((done, failed) => waiting.push({ done, failed }))
  }
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  return {
    ...{ clock, groups, turn },
    gatherer: new Gatherer<number>({ clock, write }),
    lets: async () => {
      waiting.shift()?.done()
      await turn()
    },
    fails: async () => {
      waiting.shift()?.failed(new Error('no disk'))
      await turn()
    },
  }
}

const outcomeOf = (written: Promise<void>) =>
  written.then(
    () => 'written',
    (error: { code: string }) => error.code,
  )

describe('notifications that arrive together', () => {
  it('are written together, and those that come meanwhile with the next', async () => {
    const { gatherer, groups, turn, lets } = aStore()
    const first = [1, 2, 3].map((n) => outcomeOf(gatherer.add(n, 1)))
    await turn()
    const later = [4, 5].map((n) => outcomeOf(gatherer.add(n, 1)))
    await turn()
    expect(groups).toEqual([[1, 2, 3]])
    await lets()
    expect(groups).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
    await lets()
    expect(await Promise.all([...first, ...later])).toEqual(Array(5).fill('written'))
  })

  it('are not acknowledged before they are written', async () => {
    const { gatherer, turn, lets } = aStore()
    let acknowledged = false
    const written = gatherer.add(1, 1).then(() => (acknowledged = true))
    await turn()
    expect(acknowledged).toBe(false)
    await lets()
    await written
    expect(acknowledged).toBe(true)
  })

  it('are all refused when their write fails, with those that wait for it', async () => {
    const { gatherer, turn, fails } = aStore()
    const one = outcomeOf(gatherer.add(1, 1))
    await turn()
    const two = outcomeOf(gatherer.add(2, 1))
    await fails()
    expect(await Promise.all([one, two])).toEqual(['store-unavailable', 'store-unavailable'])
  })

  it('leave no timer behind', async () => {
    const { gatherer, clock, turn, lets } = aStore()
    const written = gatherer.add(1, 1)
    await turn()
    expect(clock.nextWakeAt()).not.toBeNull()
    await lets()
    await written
    expect(clock.nextWakeAt()).toBeNull()
  })
})

describe('while the store does not answer', () => {
  it('one request at a time tries it, and all others are turned away at once', async () => {
    const { gatherer, clock, groups, turn, lets } = aStore()
    const tried = outcomeOf(gatherer.add(1, 1))
    await clock.advance(800)
    expect(await tried).toBe('store-unavailable')
    const probe = outcomeOf(gatherer.add(2, 1))
    await turn()
    for (let n = 3; n < 100; n++)
      expect(await outcomeOf(gatherer.add(n, 1))).toBe('store-unavailable')
    expect(groups).toEqual([[1], [2]])
    await lets() // the first write, long given up
    await lets()
    expect(await probe).toBe('written')
    const after = outcomeOf(gatherer.add(100, 1))
    await turn()
    await lets()
    expect(await after).toBe('written')
  })

  it('no more than a thousand requests or twenty thousand items wait', async () => {
    const { gatherer, turn, lets } = aStore()
    void gatherer.add(0, 1)
    await turn()
    const requests = Array.from({ length: 1_500 }, (_, n) => outcomeOf(gatherer.add(n, 1)))
    await turn()
    await lets()
    await lets()
    const outcomes = await Promise.all(requests)
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1_000)
    expect(outcomes.at(-1)).toBe('store-unavailable')

    void gatherer.add(0, 1)
    await turn()
    const heavy = Array.from({ length: 6 }, (_, n) => outcomeOf(gatherer.add(n, 5_000)))
    await turn()
    await lets()
    await lets()
    const written = (await Promise.all(heavy)).filter((outcome) => outcome === 'written')
    expect(written).toHaveLength(4)
  })
})

describe('a crowd', () => {
  const aCrowd = async (count: number) => {
    const store = aStore()
    const first = outcomeOf(store.gatherer.add(0, 1))
    await store.turn()
    const rest = Array.from({ length: count - 1 }, (_, n) => outcomeOf(store.gatherer.add(n, 1)))
    return { ...store, all: [first, ...rest] }
  }

  it('keeps others out once it has waited for long, until it is written; and all of it is', async () => {
    const { gatherer, clock, lets, all } = await aCrowd(100)
    expect(gatherer.isCrowded).toBe(false)
    await clock.advance(301)
    expect(gatherer.isCrowded).toBe(true)
    await lets()
    await lets()
    expect(gatherer.isCrowded).toBe(false)
    expect(await Promise.all(all)).toEqual(Array(100).fill('written'))
  })

  it('is none while few wait, however long', async () => {
    const { gatherer, clock, lets, all } = await aCrowd(99)
    await clock.advance(700)
    expect(gatherer.isCrowded).toBe(false)
    await lets()
    await lets()
    expect(await Promise.all(all)).toEqual(Array(99).fill('written'))
  })

  it('is turned away with a time to come again, its notifications unread', async () => {
    const take = () => {
      throw new Error('it was read')
    }
    await using server = await listening({ receiver: { take, isCrowded: true } })
    const body = JSON.stringify({ value: [anItem()] })
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(`${server.url}/notifications`, { method: 'POST', body, headers })
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5'])
    const handshake = await fetch(`${server.url}/notifications?validationToken=hello`, {
      method: 'POST',
    })
    expect(await handshake.text()).toBe('hello')
  })
})

describe('a thousand notifications in one request', () => {
  it('ring every folder of theirs, or none when they cannot be written', async () => {
    await using box = await aReceiver()
    const names = Array.from({ length: 20 }, (_, n) => `Folder ${n}`)
    const folders: string[] = []
    for (const name of names) folders.push(await box.aSubscribedFolder(name))
    const thousand = aBatch(
      ...Array.from({ length: 1_000 }, (_, n) => anItem({ subscriptionId: names[n % 20] })),
    )
    const dying = box.receiverOn({
      crash: (point) => {
        if (point === 'bell-proven') throw new Error('killed')
      },
    })
    await expect(dying.take(thousand)).rejects.toThrow()
    for (const folder of folders) expect(await box.bellsOf(folder)).toBe(0)
    await box.receiver.take(thousand)
    for (const folder of folders) expect(await box.bellsOf(folder)).toBe(1)
  })

  it('are not acknowledged when we die after writing them, and ring again', async () => {
    await using box = await aReceiver()
    const inbox = await box.aSubscribedFolder('Inbox')
    const dying = box.receiverOn({
      crash: (point) => {
        if (point === 'bell-written') throw new Error('killed')
      },
    })
    await expect(dying.take(aBatch(anItem()))).rejects.toThrow()
    await box.receiver.take(aBatch(anItem()))
    expect(await box.bellsOf(inbox)).toBe(2)
  })
})

describe('the records of subscriptions that ring', () => {
  it('are looked up once in half a minute, and forgotten when they are removed', async () => {
    await using box = await aReceiver()
    await box.aSubscribedFolder('Inbox')
    let lookedUp = 0
    const store = box.subscriptionStore
    const counting = Object.assign(Object.create(store) as typeof store, {
      findMany: (ids: string[]) => {
        lookedUp++
        return store.findMany(ids)
      },
    })
    const known = new KnownSubscriptions({ subscriptionStore: counting, clock: box.clock })
    for (let n = 0; n < 10; n++) expect((await known.findMany(['Inbox'])).size).toBe(1)
    expect(lookedUp).toBe(1)
    await box.clock.advance(30_000)
    await known.findMany(['Inbox'])
    expect(lookedUp).toBe(2)
    await store.remove('Inbox')
    known.forget('Inbox')
    expect((await known.findMany(['Inbox'])).size).toBe(0)
  })

  it('are looked up again when their life seems to be over', async () => {
    await using box = await aReceiver()
    await box.aSubscribedFolder('Inbox')
    const known = new KnownSubscriptions(box)
    await box.subscriptionStore.expire(['Inbox'], box.clock.now())
    await known.findMany(['Inbox'])
    const times = { renewedAt: box.clock.now(), expiresAt: NEVER, renewAt: NEVER }
    await box.subscriptionStore.renewed('Inbox', times)
    expect((await known.findMany(['Inbox'])).get('Inbox')?.expiresAt).toEqual(NEVER)
  })

  it('are found as soon as they are there: who is unknown is not remembered', async () => {
    await using box = await aReceiver()
    const known = new KnownSubscriptions(box)
    expect((await known.findMany(['new'])).size).toBe(0)
    await box.subscriptionStore.create(aSubscription({ _id: 'new' }))
    expect((await known.findMany(['new'])).size).toBe(1)
  })
})
