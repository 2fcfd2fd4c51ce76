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
    const times = { renewedAt: at(1), expiresAt: at(90), renewAt: at(60) }
    await stores.subscriptionStore.renewed('one', times)
    const [one] = await stores.subscriptionStore.findMany(['one'])
    expect(one).toMatchObject(times)
  })

  it('that may be silent is brought forward: a little after the last, and not before its turn after a refusal', async () => {
    const given = { renewedAt: at(-60), renewAt: at(600) }
    await create({ ...given, _id: 'settled', folderId: 'a' })
    await create({ ...given, _id: 'renewed just now', folderId: 'b', renewedAt: at(0) })
    await create({ ...given, _id: 'put off after a refusal', folderId: 'c', renewAt: at(5) })
    await create({ ...given, _id: 'not asked about', folderId: 'd' })
    await stores.subscriptionStore.mistrust(
      ['settled', 'renewed just now', 'put off after a refusal'],
      { now: at(0), soon: at(1), unlessSince: at(-1), later: at(5) },
    )
    const due = await stores.subscriptionStore.dueForRenewal(at(600), 20)
    expect(due.map(({ _id, renewAt, challengedAt }) => ({ _id, renewAt, challengedAt }))).toEqual([
      { _id: 'settled', renewAt: at(0), challengedAt: at(0) },
      { _id: 'renewed just now', renewAt: at(1), challengedAt: at(0) },
      { _id: 'put off after a refusal', renewAt: at(5), challengedAt: at(0) },
      { _id: 'not asked about', renewAt: at(600), challengedAt: null },
    ])
  })
})

describe('the search for strays', () => {
  it('is begun once for each mailbox, and made by one of fifty instances', async () => {
    const { straySearches } = stores
    await Promise.all(Array.from({ length: 50 }, () => straySearches.begin('mailbox', at(0))))
    await straySearches.begin('mailbox', at(-99))
    expect(await straySearches.claim(at(-1), at(9))).toBeNull()
    const claims = await Promise.all(
      Array.from({ length: 50 }, () => straySearches.claim(at(0), at(10))),
    )
    expect(claims.filter(Boolean)).toEqual([expect.objectContaining({ _id: 'mailbox' })])
  })

  it('remembers its suspects until the next look', async () => {
    const { straySearches } = stores
    await straySearches.begin('mailbox', at(0))
    await straySearches.settle('mailbox', { dueAt: at(5), suspects: ['one', 'two'] })
    const claimed = await straySearches.claim(at(5), at(10))
    expect(claimed?.suspects).toEqual(['one', 'two'])
  })
})
