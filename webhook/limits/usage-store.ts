import type { Connection } from 'mongoose'
import { usageModel, type Usage } from '../../models/usage.ts'
import type { Clock } from '../clock.ts'
import { DAY } from '../duration.ts'
import { idOf } from '../keys/ids.ts'
import { createOnce } from '../store/duplicate.ts'

export type UsageOf = { workspaceId: string; what: string }

/** Counters of what is used, exact under any number of instances. */
export class UsageStore {
  private readonly usages
  private readonly clock: Clock

  constructor({ db, clock }: { db: Connection; clock: Clock }) {
    this.usages = usageModel(db)
    this.clock = clock
  }

  /** How much is used; `before` is what it is when nothing has been counted yet. */
  async read(of: UsageOf, before: () => Promise<number>): Promise<Usage> {
    const _id = idOf('usage', of.workspaceId, of.what)
    const found = await this.usages.findOne({ _id }).lean()
    if (found) return found
    const first = { ...of, _id, used: await before(), changedAt: this.clock.now() }
    await createOnce(() => this.usages.create(first))
    return (await this.usages.findOne({ _id }).lean()) ?? first
  }

  /** Compare and set: false when it was another number meanwhile. */
  async change({ _id, used }: Pick<Usage, '_id' | 'used'>, next: number): Promise<boolean> {
    const { matchedCount } = await this.usages.updateOne(
      { _id, used },
      { $set: { used: next, changedAt: this.clock.now() } },
    )
    return matchedCount === 1
  }

  /** Days that nobody counts on any more. */
  async sweep(): Promise<void> {
    const longAgo = new Date(this.clock.now().getTime() - 40 * DAY)
    await this.usages.deleteMany({ what: { $ne: 'stored' }, changedAt: { $lt: longAgo } })
  }
}
