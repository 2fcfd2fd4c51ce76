import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { folderModel, type Folder } from '../../../models/folder.ts'
import { MINUTE, SECOND } from '../../../webhook/duration.ts'
import type { ClaimedFolder, PassFailure } from '../../../webhook/queue/folder-queue.ts'
import { aFolderToWatch, aPage } from '../../support/builders.ts'
import { COALESCE_MS, openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

/** A folder that is owed its first pass. */
const watch = (name = 'Inbox') =>
  stores.folders.watch(
    aFolderToWatch({ providerFolderId: name, displayName: name }),
    stores.clock.now(),
  )
const read = async (id: string): Promise<Folder> => (await stores.folders.find(id))!
const inMs = (ms: number) => new Date(stores.clock.now().getTime() + ms)
/** A pass that fails at once. */
const fail = async (retryAt: Date, failure: Partial<PassFailure> = {}) =>
  stores.queue.fail((await claimed()).lease, { retryAt, errorCode: 'throttled', ...failure })
const claimed = async (): Promise<ClaimedFolder> => (await stores.queue.claim())!

/** A folder whose first pass is over, at rest for an hour. */
async function aRestingFolder(name = 'Inbox'): Promise<string> {
  const id = await watch(name)
  await stores.queue.finish((await claimed()).lease, inMs(60 * MINUTE))
  return id
}

describe('a bell', () => {
  it('makes a folder at rest due, after a moment for others to join in', async () => {
    const id = await aRestingFolder()
    await stores.queue.ring([id])
    expect(await stores.queue.claim()).toBeNull()
    await stores.clock.advance(COALESCE_MS)
    expect((await claimed()).folder._id).toBe(id)
  })

  it('is owed one pass, also when a thousand ring', async () => {
    const id = await aRestingFolder()
    for (let burst = 0; burst < 10; burst++)
      await Promise.all(Array.from({ length: 100 }, () => stores.queue.ring([id])))
    expect(await read(id)).toMatchObject({ dirtySeq: 1_001, doneSeq: 1 })
    await stores.clock.advance(COALESCE_MS)
    await stores.queue.finish((await claimed()).lease, inMs(60 * MINUTE))
    expect(await read(id)).toMatchObject({ dirtySeq: 1_001, doneSeq: 1_001 })
    await stores.clock.advance(30 * MINUTE)
    expect(await stores.queue.claim()).toBeNull()
  })

  it('is counted when many ring at once', async () => {
    const id = await aRestingFolder()
    await Promise.all(Array.from({ length: 50 }, () => stores.queue.ring([id])))
    expect((await read(id)).dirtySeq).toBe(51)
  })

  it('does not put off a pass that others have asked for already', async () => {
    const id = await aRestingFolder()
    await stores.queue.ring([id])
    const dueAt = (await read(id)).dueAt
    await stores.clock.advance(SECOND)
    await stores.queue.ring([id])
    expect((await read(id)).dueAt).toEqual(dueAt)
  })

  it('counts once for a folder that is named twice, and for each of several folders', async () => {
    const [inbox, sent] = [await aRestingFolder('Inbox'), await aRestingFolder('Sent')]
    await stores.queue.ring([inbox, sent, inbox])
    expect([(await read(inbox)).dirtySeq, (await read(sent)).dirtySeq]).toEqual([2, 2])
  })

  it('for nobody changes nothing', async () => {
    await expect(stores.queue.ring([])).resolves.toBeUndefined()
    await expect(stores.queue.ring(['unknown'])).resolves.toBeUndefined()
    expect(await folderModel(stores.db).countDocuments()).toBe(0)
  })

  it('wakes nobody for a folder that is no longer watched', async () => {
    const id = await aRestingFolder()
    await stores.folders.unwatch(id)
    await stores.queue.ring([id])
    await stores.clock.advance(MINUTE)
    expect(await stores.queue.claim()).toBeNull()
  })
})

describe('a worker', () => {
  it('takes the folder that has been due longest first', async () => {
    const names = ['first', 'second', 'third']
    const ids: string[] = []
    for (const name of names) {
      ids.push(await watch(name))
      await stores.clock.advance(SECOND)
    }
    const taken = [await claimed(), await claimed(), await claimed()]
    expect(taken.map(({ folder }) => folder._id)).toEqual(ids)
    expect(await stores.queue.claim()).toBeNull()
  })

  it('alone takes a folder, also when fifty want it', async () => {
    await watch()
    const wanted = Array.from({ length: 50 }, (_, n) => stores.queueOf(`worker ${n}`).claim())
    const won = (await Promise.all(wanted)).filter((claim) => claim !== null)
    expect(won).toHaveLength(1)
    expect(won[0]?.lease.token).toBe(1)
  })

  it('takes each of fifty folders once, also when ten workers want them', async () => {
    for (let n = 0; n < 50; n++) await watch(`folder ${n}`)
    const takeAll = async (queue = stores.queueOf('worker'), taken: string[] = []) => {
      for (let next = await queue.claim(); next; next = await queue.claim())
        taken.push(next.folder._id)
      return taken
    }
    const taken = (await Promise.all(Array.from({ length: 10 }, () => takeAll()))).flat()
    expect(taken).toHaveLength(50)
    expect(new Set(taken).size).toBe(50)
  })

  it('sees in its claim the folder as it is now', async () => {
    const id = await watch()
    const { folder, lease } = await claimed()
    expect(folder.lease).toMatchObject({ owner: 'worker', token: 1, until: inMs(60 * SECOND) })
    expect(lease).toEqual({
      ...{ folderId: id, token: 1, seqAtClaim: 1 },
      claimedAt: stores.clock.now(),
    })
  })
})

describe('a pass', () => {
  it('moves the cursor on, counts what it read and keeps its lease', async () => {
    const id = await watch()
    const { lease } = await claimed()
    await stores.clock.advance(50 * SECOND)
    await stores.queue.advance(lease, aPage({ backfilled: 100 }))
    await stores.queue.advance(lease, aPage({ cursor: 'page 3', backfilled: 7 }))
    const folder = await read(id)
    expect(folder).toMatchObject({ cursor: 'page 3', backfill: { done: 107 }, lastSyncAt: null })
    expect(folder.lease.until).toEqual(inMs(60 * SECOND))
  })

  it('says with its last page when the folder was read, and forgets the last failure', async () => {
    const id = await watch()
    await fail(stores.clock.now())
    expect(await read(id)).toMatchObject({ lastErrorCode: 'throttled', attempts: 1 })
    const { lease } = await claimed()
    await stores.queue.advance(lease, aPage({ cursor: 'end', backfilled: 0, isLast: true }))
    await stores.queue.finishBackfill(lease)
    const now = stores.clock.now()
    expect(await read(id)).toMatchObject({
      lastErrorCode: null,
      lastSyncAt: now,
      backfill: { finishedAt: now },
    })
  })

  it('leaves the folder at rest until the next safety poll', async () => {
    const id = await watch()
    await stores.queue.finish((await claimed()).lease, inMs(60 * MINUTE))
    expect(await read(id)).toMatchObject({
      doneSeq: 1,
      attempts: 0,
      dueAt: inMs(60 * MINUTE),
      lease: { owner: null, token: 1 },
    })
    await stores.clock.advance(60 * MINUTE)
    expect(await stores.queue.claim()).not.toBeNull()
  })

  it('is followed by another one when a bell rang meanwhile', async () => {
    const id = await watch()
    const { lease } = await claimed()
    await stores.queue.ring([id])
    await stores.queue.finish(lease, inMs(60 * MINUTE))
    expect(await read(id)).toMatchObject({ dirtySeq: 2, doneSeq: 1, dueAt: inMs(COALESCE_MS) })
    await stores.clock.advance(2 * COALESCE_MS)
    expect((await claimed()).lease).toMatchObject({ token: 2, seqAtClaim: 2 })
  })

  it('leaves a folder that rings without end alone for two gathering times', async () => {
    const id = await watch()
    const { lease } = await claimed()
    await stores.queue.ring([id])
    await stores.queue.finish(lease, inMs(60 * MINUTE))
    await stores.clock.advance(COALESCE_MS)
    await stores.queue.ring([id])
    await stores.clock.advance(COALESCE_MS - 1)
    expect(await stores.queue.claim()).toBeNull()
    await stores.clock.advance(1)
    expect((await claimed()).lease).toMatchObject({ token: 2, seqAtClaim: 3 })
  })

  it('that fails comes again when it was told to, and not before', async () => {
    const id = await watch()
    await fail(inMs(5 * MINUTE))
    expect(await read(id)).toMatchObject({ doneSeq: 0, attempts: 1, lease: { owner: null } })
    await stores.clock.advance(5 * MINUTE - 1)
    expect(await stores.queue.claim()).toBeNull()
    await stores.clock.advance(1)
    await fail(inMs(MINUTE))
    expect((await read(id)).attempts).toBe(2)
    await stores.clock.advance(MINUTE)
    await stores.queue.finish((await claimed()).lease, inMs(MINUTE))
    expect((await read(id)).attempts).toBe(0)
  })

  it('whose cursor expired starts the folder over', async () => {
    const id = await watch()
    const { lease } = await claimed()
    await stores.queue.advance(lease, aPage({ backfilled: 100 }))
    await stores.queue.restart(lease)
    expect(await read(id)).toMatchObject({ cursor: null, backfill: { done: 100 } })
  })
})
