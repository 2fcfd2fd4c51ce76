import type { Connection } from 'mongoose'
import { threadMergeModel, type ThreadMerge } from '../../models/threads/thread-merge.ts'
import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'
import { createOnce } from '../store/duplicate.ts'

/**
 * Whoever joins threads brings their e-mails together at once. After this others look again: they finish what was long or
 * broke off, and bring along what was stored in the old thread at that very moment.
 */
const SECOND_LOOK_MS = MINUTE
/** What failed is tried again after this. */
const FAILED_WAITS_MS = 5 * MINUTE

/** Threads whose e-mails are still to follow into another. */
export class ThreadMergeStore {
  private readonly merges

  constructor(private readonly parts: { db: Connection; clock: Clock }) {
    this.merges = threadMergeModel(parts.db)
  }

  /** Adding it twice changes nothing: a thread ends once, whichever it goes into. */
  async add(merge: Omit<ThreadMerge, 'dueAt'>): Promise<void> {
    await createOnce(() => this.merges.create({ ...merge, dueAt: this.in(SECOND_LOOK_MS) }))
  }

  async postpone({ _id }: Pick<ThreadMerge, '_id'>): Promise<void> {
    await this.merges.updateOne({ _id }, { $set: { dueAt: this.in(FAILED_WAITS_MS) } })
  }

  async remove({ _id }: Pick<ThreadMerge, '_id'>): Promise<void> {
    await this.merges.deleteOne({ _id })
  }

  async due(most: number): Promise<ThreadMerge[]> {
    return this.merges
      .find({ dueAt: { $lte: this.parts.clock.now() } })
      .sort({ dueAt: 1 })
      .limit(most)
      .lean()
  }

  private readonly in = (ms: number) => new Date(this.parts.clock.now().getTime() + ms)
}
