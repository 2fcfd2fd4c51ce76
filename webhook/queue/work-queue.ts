import type { Model } from 'mongoose'
import { NEVER } from '../../models/folder.ts'
import type { Clock } from '../clock.ts'

/** What every piece of leased work has. `wants` is raised whenever somebody wants it (again). */
export type Work = {
  _id: string
  dueAt: Date
  wants: number
  /** `token` is raised by every claim; who lost the lease may no longer say how it ended. */
  lease: { token: number; until: Date }
}

export const LONG_AGO = new Date(0)

/** How a try ended. `dueAt` is when it is tried again; null: everything is settled. */
export type WorkEnd<W extends Work> = Partial<Omit<W, keyof Work>> & { dueAt: Date | null }

export type WorkQueueParts<W extends Work> = {
  /** A model of them: mongoose's own types do not see through a parameter. */
  work: unknown
  clock: Clock
  leaseMs: number
  /** What a piece of work says of itself besides, once it is settled, and while it is not. */
  told: { settled: Partial<W>; open: Partial<W> }
}

/** Pieces of work that stay when they are done, one document each: claimed by lease, ended by its token. */
export class WorkQueue<W extends Work> {
  /** As what all of them have in common. */
  private readonly common: Model<Work>

  /** How often a lease is to be extended. */
  readonly keepEveryMs: number

  constructor(private readonly of: WorkQueueParts<W>) {
    this.common = of.work as Model<Work>
    this.keepEveryMs = of.leaseMs / 4
  }

  /** What has been due longest, leased to us; null when nothing is due. `among` says which, by fields that stand first in an index. */
  async claim(among: Partial<W> = {}): Promise<W | null> {
    const now = this.of.clock.now()
    const claimed = await this.common
      .findOneAndUpdate(
        { ...among, dueAt: { $lte: now }, 'lease.until': { $lte: now } },
        { $inc: { 'lease.token': 1 }, $set: { 'lease.until': this.leaseEnd() } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean()
    return claimed as W | null
  }

  /** False when another has it now. */
  async extend({ _id, lease }: Work): Promise<boolean> {
    const kept = await this.common.updateOne(
      { _id, 'lease.token': lease.token },
      { $set: { 'lease.until': this.leaseEnd() } },
    )
    return kept.matchedCount > 0
  }

  /** Says nothing when another has it now. What somebody wanted meanwhile is tried at once. */
  async end({ _id, lease, wants }: Work, { dueAt, ...rest }: WorkEnd<W>): Promise<void> {
    const { told, clock } = this.of
    const own = { _id, 'lease.token': lease.token }
    const known = { ...rest, 'lease.until': LONG_AGO }
    if (dueAt === null) {
      const settled = { ...known, ...told.settled, dueAt: NEVER }
      const quiet = await this.common.updateOne({ ...own, wants }, { $set: settled })
      if (quiet.matchedCount > 0) return
    }
    const again = { ...known, ...told.open, dueAt: dueAt ?? clock.now() }
    await this.common.updateOne(own, { $set: again })
  }

  /** It is no more; unless somebody wanted it just now: then the answer is false. */
  async forget({ _id, wants }: Pick<Work, '_id' | 'wants'>): Promise<boolean> {
    return (await this.common.deleteOne({ _id, wants })).deletedCount > 0
  }

  private leaseEnd(): Date {
    return new Date(this.of.clock.now().getTime() + this.of.leaseMs)
  }
}
