import type { Connection } from 'mongoose'
import { straySearchModel, type StraySearch } from '../../models/stray-search.ts'
import { createOnce } from './duplicate.ts'

/** When each mailbox is searched for stray subscriptions, and what the last look suspected. */
export class StraySearchStore {
  private readonly searches

  constructor(db: Connection) {
    this.searches = straySearchModel(db)
  }

  /** From the first subscription that is asked for; later calls change nothing. */
  async begin(mailboxId: string, dueAt: Date): Promise<void> {
    await createOnce(() => this.searches.create({ _id: mailboxId, dueAt }))
  }

  /** The search that has been due longest, put off until `until` so that one instance alone makes it. */
  async claim(now: Date, until: Date): Promise<StraySearch | null> {
    return this.searches
      .findOneAndUpdate(
        { dueAt: { $lte: now } },
        { $set: { dueAt: until } },
        { sort: { dueAt: 1 }, returnDocument: 'before' },
      )
      .lean()
  }

  /** Nothing can be looked for there any more. */
  async end(mailboxIds: string[]): Promise<void> {
    await this.searches.deleteMany({ _id: { $in: mailboxIds } })
  }

  async settle(_id: string, next: Pick<StraySearch, 'dueAt' | 'suspects'>): Promise<void> {
    await this.searches.updateOne({ _id }, { $set: next })
  }
}
