import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { LeaseLostError } from '../../../webhook/errors.ts'
import type { FolderQueue, Lease } from '../../../webhook/queue/folder-queue.ts'
import { aFolderToWatch, aPage, aProof } from '../../support/builders.ts'
import { LEASE_MS, openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const later = () => new Date(stores.clock.now().getTime() + LEASE_MS)

/** Every write of a pass. */
const writes: [string, (queue: FolderQueue, lease: Lease) => Promise<unknown>][] = [
  [
    'moves the cursor',
    (queue, lease) => queue.advance(lease, aPage({ cursor: 'stale', backfilled: 9, isLast: true })),
  ],
  ['ends the backfill', (queue, lease) => queue.finishBackfill(lease)],
  ['starts the folder over', (queue, lease) => queue.restart(lease)],
  ['finishes', (queue, lease) => queue.finish(lease, later())],
  ['gives the folder back', (queue, lease) => queue.giveBack(lease)],
  ['keeps its lease', (queue, lease) => queue.extend(lease)],
  [
    'proves',
    (queue, lease) =>
      queue.proven(lease, { proof: aProof(), proofDueAt: later(), wasDueAt: new Date(0) }),
  ],
  ['fails', (queue, lease) => queue.fail(lease, { retryAt: later(), errorCode: 'throttled' })],
]

/** Two workers: the first fell asleep, its lease ran out, and the second took the folder over. */
async function takenOver() {
  const [sleeper, successor] = [stores.queueOf('sleeper'), stores.queueOf('successor')]
  const id = await stores.folders.watch(aFolderToWatch(), stores.clock.now())
  const stale = (await sleeper.claim())!.lease
  await stores.clock.advance(LEASE_MS)
  const current = (await successor.claim())!.lease
  await successor.advance(current, aPage({ backfilled: 100 }))
  return { id, sleeper, successor, stale, current }
}

describe('a worker that was taken over', () => {
  it.each(writes)('%s in vain, and changes nothing', async (_what, write) => {
    const { id, sleeper, stale } = await takenOver()
    const before = await stores.folders.find(id)
    await expect(write(sleeper, stale)).rejects.toThrow(LeaseLostError)
    expect(await stores.folders.find(id)).toEqual(before)
  })

  it.each(writes)('%s in vain also when a bell rang meanwhile', async (_what, write) => {
    const { id, sleeper, stale } = await takenOver()
    await sleeper.ring([id])
    const before = await stores.folders.find(id)
    await expect(write(sleeper, stale)).rejects.toThrow(LeaseLostError)
    expect(await stores.folders.find(id)).toEqual(before)
  })

  it.each(writes)('%s in vain also after its successor has finished', async (_what, write) => {
    const { id, sleeper, successor, stale, current } = await takenOver()
    await successor.finish(current, later())
    const before = await stores.folders.find(id)
    await expect(write(sleeper, stale)).rejects.toThrow(LeaseLostError)
    expect(await stores.folders.find(id)).toEqual(before)
  })

  it('does not keep its successor from going on', async () => {
    const { id, sleeper, successor, stale, current } = await takenOver()
    await expect(sleeper.finish(stale, later())).rejects.toThrow(LeaseLostError)
    await successor.advance(current, aPage({ cursor: 'end', isLast: true }))
    await successor.finish(current, later())
    expect(await stores.folders.find(id)).toMatchObject({ cursor: 'end', doneSeq: 1 })
  })
})

describe('a lease', () => {
  it('holds until its time, and not a moment longer', async () => {
    await stores.folders.watch(aFolderToWatch(), stores.clock.now())
    await stores.queue.claim()
    await stores.clock.advance(LEASE_MS - 1)
    expect(await stores.queueOf('other').claim()).toBeNull()
    await stores.clock.advance(1)
    expect((await stores.queueOf('other').claim())?.lease.token).toBe(2)
  })

  it('that ran out still serves its worker while nobody else has come', async () => {
    const id = await stores.folders.watch(aFolderToWatch(), stores.clock.now())
    const { lease } = (await stores.queue.claim())!
    await stores.clock.advance(10 * LEASE_MS)
    await stores.queue.advance(lease, aPage())
    expect((await stores.folders.find(id))?.cursor).toBe('page 2')
    expect(await stores.queueOf('other').claim()).toBeNull()
  })

  it('goes to one of fifty when it ran out', async () => {
    await stores.folders.watch(aFolderToWatch(), stores.clock.now())
    await stores.queue.claim()
    await stores.clock.advance(LEASE_MS)
    const wanted = Array.from({ length: 50 }, (_, n) => stores.queueOf(`worker ${n}`).claim())
    expect((await Promise.all(wanted)).filter((claim) => claim !== null)).toHaveLength(1)
  })
})

describe('a crash', () => {
  /** The writes of a pass, in the order in which a pass makes them. */
  const pass: ((queue: FolderQueue, lease: Lease) => Promise<unknown>)[] = [
    (queue, lease) => queue.advance(lease, aPage({ backfilled: 100 })),
    (queue, lease) => queue.advance(lease, aPage({ cursor: 'end', isLast: true })),
    (queue, lease) => queue.finishBackfill(lease),
    (queue, lease) => queue.finish(lease, later()),
  ]

  /** A pass that dies after `count` writes; a bell rings after `bellAfter` of them. */
  async function dyingPass(id: string, count: number, bellAfter: number) {
    const { lease } = (await stores.queue.claim())!
    for (const [position, write] of pass.slice(0, count).entries()) {
      if (position === bellAfter) await stores.queue.ring([id])
      await write(stores.queue, lease)
    }
    if (bellAfter >= count) await stores.queue.ring([id])
  }

  const moments = pass.flatMap((_, count) =>
    Array.from({ length: count + 1 }, (_none, bellAfter): [number, number] => [count, bellAfter]),
  )

  it.each(moments)(
    'after %i writes of a pass loses no bell that rang after %i of them',
    async (count, bellAfter) => {
      const id = await stores.folders.watch(aFolderToWatch(), stores.clock.now())
      await dyingPass(id, count, bellAfter)
      expect(await stores.queue.claim()).toBeNull()
      await stores.clock.advance(LEASE_MS)
      const again = await stores.queue.claim()
      expect(again?.folder._id).toBe(id)
      expect(again?.lease.seqAtClaim).toBe(2)
      const cursors = [null, 'page 2', 'end', 'end']
      expect(again?.folder.cursor).toBe(cursors[count])
    },
  )
})
