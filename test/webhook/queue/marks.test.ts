import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { NEVER, type Folder } from '../../../models/folder.ts'
import { LeaseLostError } from '../../../webhook/errors.ts'
import type { Lease } from '../../../webhook/queue/folder-queue.ts'
import { aFolderToWatch, aPage, aProof } from '../../support/builders.ts'
import { COALESCE_MS, LEASE_MS, openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
let id: string
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(async () => {
  await stores.clear()
  id = await stores.folders.watch(aFolderToWatch(), stores.clock.now())
})

const folder = async (): Promise<Folder> => (await stores.folders.find(id))!
const claim = async (): Promise<Lease> => (await stores.queue.claim())!.lease
const inMs = (ms: number) => new Date(stores.clock.now().getTime() + ms)
/** After its first pass. */
const rest = async () => stores.queue.finish(await claim(), NEVER)

describe('the first bell that nobody has answered', () => {
  it('is remembered until a pass has answered it', async () => {
    await rest()
    const rangAt = stores.clock.now()
    await stores.queue.ring([id])
    await stores.clock.advance(COALESCE_MS)
    await stores.queue.ring([id])
    expect((await folder()).rangAt).toEqual(rangAt)
    await rest()
    expect((await folder()).rangAt).toEqual(NEVER)
  })

  it('is not older than the pass during which it rang', async () => {
    await rest()
    await stores.queue.ring([id])
    await stores.clock.advance(COALESCE_MS)
    const lease = await claim()
    await stores.clock.advance(1_000)
    await stores.queue.ring([id])
    await stores.queue.finish(lease, NEVER)
    expect(await folder()).toMatchObject({ rangAt: lease.claimedAt, dueAt: inMs(COALESCE_MS) })
  })

  it('is answered by fetching the newest mail, as far as it is known', async () => {
    const lease = await claim()
    await stores.queue.ring([id])
    const at = inMs(5_000)
    const now = await stores.queue.advance(lease, aPage({ peeked: { seq: 2, at } }))
    expect(now).toMatchObject({ dirtySeq: 2, peekedSeq: 2, rangAt: at, midRound: true })
  })
})

describe('a pass that somebody asks for', () => {
  it('is due at once, and is no bell', async () => {
    await rest()
    await stores.queue.soon([id])
    expect(await folder()).toMatchObject({ dueAt: stores.clock.now(), rangAt: NEVER, dirtySeq: 2 })
  })

  it('is owed also when one is under way', async () => {
    const lease = await claim()
    await stores.queue.soon([id])
    await stores.queue.finish(lease, NEVER)
    expect((await folder()).dueAt).toEqual(inMs(COALESCE_MS))
  })
})

describe('a folder that is to be read from the start', () => {
  it('is due at once, its progress at 0', async () => {
    const lease = await claim()
    await stores.queue.advance(lease, aPage({ isLast: true, backfilled: 9 }))
    await stores.queue.finishBackfill(lease)
    await stores.queue.finish(lease, NEVER)
    await stores.queue.startOver([id])
    expect(await folder()).toMatchObject({
      ...{ cursor: null, midRound: false, dueAt: stores.clock.now() },
      backfill: { done: 0, finishedAt: null, startedAt: expect.any(Date) },
    })
  })

  it('is taken from whoever works on it, so that an old cursor cannot come back', async () => {
    const stale = await claim()
    await stores.queue.startOver([id])
    await expect(stores.queue.advance(stale, aPage())).rejects.toThrow(LeaseLostError)
    expect((await folder()).cursor).toBeNull()
    expect((await claim()).token).toBeGreaterThan(stale.token)
  })

  it('keeps its progress when its cursor expired after the first pass', async () => {
    const lease = await claim()
    await stores.queue.advance(lease, aPage({ isLast: true, backfilled: 9 }))
    const kept = await stores.queue.restart(lease)
    expect(kept).toMatchObject({ cursor: null, midRound: false, backfill: { done: 9 } })
    const again = await stores.queue.restart(lease, { backfillAgain: true })
    expect(again.backfill).toMatchObject({ done: 0, finishedAt: null })
  })
})

describe('a proof', () => {
  const prove = (lease: Lease, wasDueAt: Date) =>
    stores.queue.proven(lease, { proof: aProof(), proofDueAt: inMs(9_000), wasDueAt })

  it('is saved with the time of the next one', async () => {
    const lease = await claim()
    await prove(lease, (await folder()).proofDueAt)
    expect(await folder()).toMatchObject({ proof: aProof(), proofDueAt: inMs(9_000) })
  })

  it('does not silence a doubt that was raised while the ids were compared', async () => {
    const lease = await claim()
    const { proofDueAt } = await folder()
    await stores.queue.doubt(id)
    await prove(lease, proofDueAt)
    expect(await folder()).toMatchObject({ proof: aProof(), proofDueAt: stores.clock.now() })
    await stores.queue.finish(lease, NEVER)
    expect((await folder()).dueAt).toEqual(inMs(COALESCE_MS))
  })
})

describe('a pass that fails', () => {
  it('after it got ahead counts as the first failure of a row', async () => {
    const failure = { retryAt: stores.clock.now(), errorCode: 'throttled' }
    for (let time = 0; time < 3; time++) await stores.queue.fail(await claim(), failure)
    expect((await folder()).attempts).toBe(3)
    await stores.queue.fail(await claim(), { ...failure, progressed: true, pageSize: 50 })
    expect(await folder()).toMatchObject({ attempts: 1, pageSize: 50 })
  })

  it('keeps its lease while it asks for it', async () => {
    const lease = await claim()
    await stores.clock.advance(LEASE_MS - 1)
    await stores.queue.extend(lease)
    await stores.clock.advance(LEASE_MS - 1)
    expect(await stores.queueOf('other').claim()).toBeNull()
  })
})

describe('the habit of a folder', () => {
  it('is kept with the end of a pass', async () => {
    const rhythm = { lastChangeAt: stores.clock.now(), meanGapMs: 7_000, emptyProbes: 2 }
    await stores.queue.finish(await claim(), NEVER, rhythm)
    expect((await folder()).rhythm).toEqual(rhythm)
  })
})
