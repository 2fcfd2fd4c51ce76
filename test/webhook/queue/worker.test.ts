import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { letPromisesRun } from '../../../sandbox/clock.ts'
import { SECOND } from '../../../webhook/duration.ts'
import type { ClaimedFolder } from '../../../webhook/queue/folder-queue.ts'
import { runWorkers } from '../../../webhook/queue/worker.ts'
import { aFolderToWatch } from '../../support/builders.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const POLL_MS = SECOND

/** Workers at work, what went wrong, and how often they have looked. */
function theWorkers(count: number, runOne: (claimed: ClaimedFolder) => Promise<void>) {
  const stop = new AbortController()
  const errors: unknown[] = []
  const database = { isAway: false }
  let looks = 0
  const claim = async () => {
    looks++
    if (database.isAway) throw new Error('the database is away')
    return stores.queue.claim()
  }
  const parts = {
    ...{ queue: { claim }, clock: stores.clock, runOne, pollMs: POLL_MS },
    onError: (error: unknown) => errors.push(error),
  }
  const done = Promise.all(runWorkers(parts, count, stop.signal))
  const end = async () => {
    stop.abort()
    await done
  }
  return { errors, database, end, looks: () => looks }
}

const aWorker = (runOne: (claimed: ClaimedFolder) => Promise<void>) => theWorkers(1, runOne)

/** Until the worker sleeps. */
async function asleep(): Promise<void> {
  while (stores.clock.nextWakeAt() === null) await letPromisesRun()
}

const watch = (name: string) =>
  stores.folders.watch(
    aFolderToWatch({ providerFolderId: name, displayName: name }),
    stores.clock.now(),
  )

describe('a worker', () => {
  it('takes what is due one after the other, then looks again after a while', async () => {
    await watch('Inbox')
    await watch('Sent')
    const worked: string[] = []
    const worker = aWorker(async ({ folder, lease }) => {
      worked.push(folder.providerFolderId)
      await stores.queue.finish(lease, new Date('9999-01-01'))
    })
    await asleep()
    expect(worked.toSorted()).toEqual(['Inbox', 'Sent'])
    await watch('Archive')
    await stores.clock.advance(POLL_MS)
    await asleep()
    expect(worked).toHaveLength(3)
    await worker.end()
  })

  it('reports trouble, waits and goes on', async () => {
    await watch('Inbox')
    await watch('Sent')
    const worked: string[] = []
    const worker = aWorker(async ({ folder }) => {
      worked.push(folder.providerFolderId)
      if (worked.length === 1) throw new Error('the database is down')
    })
    await asleep()
    expect(worked).toHaveLength(1)
    expect(worker.errors).toEqual([new Error('the database is down')])
    await stores.clock.advance(POLL_MS)
    await asleep()
    expect(worked.toSorted()).toEqual(['Inbox', 'Sent'])
    await worker.end()
  })

  it('stops when it is told to, also in its sleep', async () => {
    const worker = aWorker(async () => undefined)
    await asleep()
    await worker.end()
    expect(stores.clock.nextWakeAt()).toBeNull()
  })
})

describe('four workers', () => {
  /** Lets so many polls go by. */
  async function polls(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      await asleep()
      await stores.clock.advance(POLL_MS)
    }
    await asleep()
  }

  it('with nothing to do ask the database no more often than one', async () => {
    const workers = theWorkers(4, async () => undefined)
    await polls(1)
    const before = workers.looks()
    await polls(10)
    expect(workers.looks() - before).toBe(10)
    await workers.end()
  })

  it('are all at work as soon as one of them sees that there is work for four', async () => {
    const atWork = new Set<string>()
    let goHome = () => {}
    const evening = new Promise<void>((resolve) => (goHome = resolve))
    const workers = theWorkers(4, async ({ folder, lease }) => {
      atWork.add(folder.providerFolderId)
      await evening
      await stores.queue.finish(lease, new Date('9999-01-01'))
    })
    await polls(1)
    for (const name of ['Inbox', 'Sent', 'Archive', 'Drafts']) await watch(name)
    await stores.clock.advance(POLL_MS)
    while (atWork.size < 4) await letPromisesRun()
    goHome()
    await asleep()
    expect(workers.errors).toEqual([])
    await workers.end()
  })

  it('go on when the database was away for a while, each saying so', async () => {
    const worked: string[] = []
    const workers = theWorkers(4, async ({ folder, lease }) => {
      worked.push(folder.providerFolderId)
      await stores.queue.finish(lease, new Date('9999-01-01'))
    })
    await polls(1)
    workers.database.isAway = true
    await polls(2)
    expect(workers.errors.length).toBeGreaterThanOrEqual(4)
    workers.database.isAway = false
    await watch('Inbox')
    await polls(2)
    expect(worked).toEqual(['Inbox'])
    await workers.end()
  })
})
