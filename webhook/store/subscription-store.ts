import type { Connection } from 'mongoose'
import { subscriptionModel, type Subscription } from '../../models/subscription.ts'
import { createOnce } from './duplicate.ts'

/** Our record of Graph's subscriptions. */
export class SubscriptionStore {
  private readonly subscriptions

  constructor(db: Connection) {
    this.subscriptions = subscriptionModel(db)
  }

  /** False when the folder has a record already: two workers subscribed, and this one came second. */
  async create(subscription: Subscription): Promise<boolean> {
    return createOnce(() => this.subscriptions.create(subscription))
  }

  async findMany(ids: string[]): Promise<Subscription[]> {
    return this.subscriptions.find({ _id: { $in: ids } }).lean()
  }

  async ofFolder(folderId: string): Promise<Subscription | null> {
    return this.subscriptions.findOne({ folderId }).lean()
  }

  /** By the folder. */
  async ofFolders(folderIds: string[]): Promise<Map<string, Subscription>> {
    const found = await this.subscriptions.find({ folderId: { $in: folderIds } }).lean()
    return new Map(found.map((subscription) => [subscription.folderId, subscription]))
  }

  async ofMailbox(mailboxId: string): Promise<Subscription[]> {
    return this.subscriptions.find({ mailboxId }).lean()
  }

  async dueForRenewal(before: Date, most: number): Promise<Subscription[]> {
    return this.subscriptions
      .find({ renewAt: { $lte: before } })
      .sort({ renewAt: 1 })
      .limit(most)
      .lean()
  }

  async renewed(
    _id: string,
    times: Pick<Subscription, 'renewedAt' | 'expiresAt' | 'renewAt'>,
  ): Promise<void> {
    await this.subscriptions.updateOne({ _id }, { $set: { ...times, challengedAt: null } })
  }

  /** Puts a renewal off; only one of several instances wins, so that Graph is asked once. */
  async postpone({ _id, renewAt }: Subscription, until: Date): Promise<boolean> {
    const { modifiedCount } = await this.subscriptions.updateOne(
      { _id, renewAt },
      { $set: { renewAt: until } },
    )
    return modifiedCount === 1
  }

  /**
   * They may not ring until they are renewed, which is brought forward: to `now`, or to `soon` where that was done after
   * `unlessSince`. One whose renewal failed just now is due before `later`, and waits for its turn.
   */
  async mistrust(
    ids: string[],
    { now, soon, unlessSince, later }: Record<'now' | 'soon' | 'unlessSince' | 'later', Date>,
  ): Promise<void> {
    const these = { _id: { $in: ids } }
    const [before, since] = [{ $lte: unlessSince }, { $gt: unlessSince }]
    const changes = [
      { filter: { ...these, challengedAt: null }, update: { $set: { challengedAt: now } } },
      {
        filter: { ...these, renewedAt: before, renewAt: { $gt: later } },
        update: { $set: { renewAt: now } },
      },
      { filter: { ...these, renewedAt: since }, update: { $min: { renewAt: soon } } },
    ]
    await this.subscriptions.bulkWrite(changes.map((updateMany) => ({ updateMany })))
  }

  /** Of a mailbox whose credential is a new one. */
  async mistrustAllOf(mailboxId: string, now: Date): Promise<void> {
    await this.subscriptions.updateMany(
      { mailboxId },
      { $set: { renewAt: now, challengedAt: now } },
    )
  }

  /** The provider says they are gone; their records stay until the folders' next passes make new ones. */
  async expire(ids: string[], now: Date): Promise<void> {
    await this.subscriptions.updateMany({ _id: { $in: ids } }, { $set: { expiresAt: now } })
  }

  async remove(_id: string): Promise<void> {
    await this.subscriptions.deleteOne({ _id })
  }
}
