import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aSubscription, NOW } from '../../support/builders.ts'
import { openStores, type OpenStores } from './open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const create = (over: Parameters<typeof aSubscription>[0]) =>
  stores.subscriptionStore.create(aSubscription(over))

describe('the record of a subscription', () => {
  it('is one per folder: of fifty workers that subscribed, one wins', async () => {
    const created = await Promise.all(
      Array.from({ length: 50 }, (_, n) => create({ _id: `subscription ${n}` })),
    )
    expect(created.filter(Boolean)).toHaveLength(1)
    const winner = await stores.subscriptionStore.ofFolder('folder-inbox')
    expect(winner?._id).toBe(`subscription ${created.indexOf(true)}`)
  })

  it('is found by its id, its folder and its mailbox', async () => {
    await create({ _id: 'one' })
    await create({ _id: 'two', folderId: 'folder-sent' })
    await create({ _id: 'three', folderId: 'folder-bob', mailboxId: 'mailbox-bob' })
    const ids = (found: { _id: string }[]) => found.map(({ _id }) => _id).toSorted()
    expect(ids(await stores.subscriptionStore.findMany(['one', 'three', 'unknown']))).toEqual([
      'one',
      'three',
    ])
    expect(ids(await stores.subscriptionStore.ofMailbox('mailbox-alice'))).toEqual(['one', 'two'])
    expect(await stores.subscriptionStore.ofFolder('unknown')).toBeNull()
  })

  it('makes room for another one when it is removed', async () => {
    await create({ _id: 'one' })
    await stores.subscriptionStore.remove('one')
    await stores.subscriptionStore.remove('one')
    expect(await create({ _id: 'two' })).toBe(true)
  })
})

describe('a renewal', () => {
  it('is due when its time has come, the longest overdue first', async () => {
    await create({ _id: 'now', folderId: 'a', renewAt: at(0) })
    await create({ _id: 'overdue', folderId: 'b', renewAt: at(-5) })
    await create({ _id: 'later', folderId: 'c', renewAt: at(1) })
    const due = async (most: number) =>
      (await stores.subscriptionStore.dueForRenewal(at(0), most)).map(({ _id }) => _id)
    expect(await due(20)).toEqual(['overdue', 'now'])
    expect(await due(1)).toEqual(['overdue'])
  })

  it('is done by one of fifty instances', async () => {
    await create({ renewAt: at(0) })
    const [seen] = await stores.subscriptionStore.dueForRenewal(at(0), 20)
    const postponed = await Promise.all(
      Array.from({ length: 50 }, () => stores.subscriptionStore.postpone(seen!, at(5))),
    )
    expect(postponed.filter(Boolean)).toHaveLength(1)
  })

  it('moves both of its times', async () => {
    await create({ _id: 'one' })
    await stores.subscriptionStore.renewed('one', { expiresAt: at(90), renewAt: at(60) })
    const [one] = await stores.subscriptionStore.findMany(['one'])
    expect(one).toMatchObject({ expiresAt: at(90), renewAt: at(60) })
  })
})
