import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { letPromisesRun } from '../../../sandbox/clock.ts'
import { SECOND } from '../../../webhook/duration.ts'
import type { ClaimedFolder } from '../../../webhook/queue/folder-queue.ts'
import { runWorker } from '../../../webhook/queue/worker.ts'
import { aFolderToWatch } from '../../support/builders.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const POLL_MS = SECOND

/** A worker at work, and what it did. */
function aWorker(runOne: (claimed: ClaimedFolder) => Promise<void>) {
  const stop = new AbortController()
  const errors: unknown[] = []
  const parts = {
    ...stores,
    runOne,
    pollMs: POLL_MS,
    onError: (error: unknown) => errors.push(error),
  }
  const done = runWorker(parts, stop.signal)
  const end = async () => {
    stop.abort()
    await done
  }
  return { errors, end }
}

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
