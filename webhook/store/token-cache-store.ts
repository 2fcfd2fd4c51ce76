import type { Connection } from 'mongoose'
import { tokenCacheModel } from '../../models/token-cache.ts'
import { createOnce } from './duplicate.ts'

/** What is kept of a partition; `version` 0 stands for one that is not there yet. */
export type SealedCache = { sealed: string; version: number }

/** Sealed token caches, one per partition. */
export class TokenCacheStore {
  private readonly caches

  constructor(db: Connection) {
    this.caches = tokenCacheModel(db)
  }

  async find(partition: string): Promise<SealedCache | null> {
    return this.caches.findOne({ _id: partition }).select({ sealed: 1, version: 1 }).lean()
  }

  /** Compare and set: false when somebody else has written since `seenVersion`. */
  async save(partition: string, sealed: string, seenVersion: number): Promise<boolean> {
    if (seenVersion === 0)
      return createOnce(() => this.caches.create({ _id: partition, sealed, version: 1 }))
    const { modifiedCount } = await this.caches.updateOne(
      { _id: partition, version: seenVersion },
      { $set: { sealed }, $inc: { version: 1 } },
    )
    return modifiedCount === 1
  }
}
