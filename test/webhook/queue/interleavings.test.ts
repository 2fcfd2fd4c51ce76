import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Random } from '../../../sandbox/random.ts'
import { LeaseLostError } from '../../../webhook/errors.ts'
import type { FolderQueue, Lease } from '../../../webhook/queue/folder-queue.ts'
import { aFolderToWatch, aPage } from '../../support/builders.ts'
import { LEASE_MS, openStores, type OpenStores } from '../store/open-stores.ts'
import { sized } from '../../support/sized.ts'

const RUNS = sized(70, 200)
const STEPS = 24
const POLL_MS = 3_600_000

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())

type Worker = { queue: FolderQueue; lease: Lease | null; cursor: number; heard: number }

/**
 * A world of one folder and three workers. `changes` is what the mailbox holds; each change rings. A pass reads from its
 * cursor to what was there when the page was asked for.
 */
class Run {
  changes = 0
  readonly workers: Worker[]
  readonly cursors: number[] = []
  private constructor(
    readonly random: Random,
    readonly id: string,
  ) {
    this.workers = [1, 2, 3].map((n) => ({
      queue: stores.queueOf(`worker ${n}`),
      lease: null,
      cursor: 0,
      heard: 0,
    }))
  }

  static async start(seed: number): Promise<Run> {
    const folder = aFolderToWatch({ mailboxId: `mailbox ${seed}` })
    return new Run(new Random(seed), await stores.folders.watch(folder, stores.clock.now()))
  }

  /** One thing that happens next, by chance. */
  async step(): Promise<void> {
    const worker = this.random.pick(this.workers)
    const acts = [
      () => this.change(),
      () => this.claim(worker),
      () => this.claim(worker),
      () => this.page(worker),
      () => this.page(worker),
      () => this.finish(worker),
      () => this.fail(worker),
      () => this.crash(worker),
      () => stores.clock.advance(this.random.between(0, LEASE_MS / 2)),
    ]
    await this.random.pick(acts)()
  }

  /** Nothing happens any more, and the workers do what is owed. */
  async settle(): Promise<void> {
    for (const worker of this.workers) await this.crash(worker)
    await stores.clock.advance(LEASE_MS)
    const [worker] = this.workers as [Worker]
    for (let turn = 0; turn < 2; turn++) {
      await this.claim(worker)
      await this.page(worker)
      await this.finish(worker)
      await stores.clock.advance(LEASE_MS)
    }
  }

  private async change(): Promise<void> {
    this.changes++
    await this.workers[0]!.queue.ring([this.id])
  }

  private async claim(worker: Worker): Promise<void> {
    if (worker.lease) return
    const claimed = await worker.queue.claim()
    if (!claimed) return
    worker.lease = claimed.lease
    worker.cursor = Number(claimed.folder.cursor ?? 0)
    worker.heard = Infinity // nothing was asked yet
  }

  private async page(worker: Worker): Promise<void> {
    const read = Math.min(this.changes, worker.cursor + this.random.between(1, 3))
    await this.write(worker, (lease) =>
      worker.queue.advance(lease, aPage({ cursor: String(read), isLast: read === this.changes })),
    )
    worker.cursor = read
    worker.heard = this.changes
    this.cursors.push(Number((await stores.folders.find(this.id))?.cursor ?? 0))
  }

  /** As a pass does: only after it has read to the end of what was there when it last asked. */
  private async finish(worker: Worker): Promise<void> {
    while (worker.lease && worker.cursor < worker.heard) await this.page(worker)
    const next = new Date(stores.clock.now().getTime() + POLL_MS)
    await this.write(worker, (lease) => worker.queue.finish(lease, next))
    worker.lease = null
  }

  private async fail(worker: Worker): Promise<void> {
    const retryAt = new Date(stores.clock.now().getTime() + this.random.between(0, LEASE_MS))
    await this.write(worker, (lease) =>
      worker.queue.fail(lease, { retryAt, errorCode: 'throttled' }),
    )
    worker.lease = null
  }

  private async crash(worker: Worker): Promise<void> {
    worker.lease = null
  }

  private async write(worker: Worker, write: (lease: Lease) => Promise<unknown>): Promise<void> {
    if (!worker.lease) return
    try {
      await write(worker.lease)
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error
      worker.lease = null
    }
  }
}

describe('three workers that ring, claim, read, finish, fail and crash in any order', () => {
  it(`lose no bell and never move a cursor back, in ${RUNS} runs`, async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = await Run.start(seed)
      for (let step = 0; step < STEPS; step++) await run.step()
      await run.settle()
      const folder = (await stores.folders.find(run.id))!
      const told = { seed, changes: run.changes, folder }
      // Owed nothing: every bell was heard by a pass that read what it rang for.
      expect({ ...told, read: Number(folder.cursor ?? 0) }).toMatchObject({ read: run.changes })
      expect({ ...told, owed: folder.dirtySeq - folder.doneSeq }).toMatchObject({ owed: 0 })
      const forward = [...run.cursors].sort((one, other) => one - other)
      expect({ seed, cursors: run.cursors }).toEqual({ seed, cursors: forward })
      await stores.folders.unwatch(run.id)
    }
  }, 60_000)
})
