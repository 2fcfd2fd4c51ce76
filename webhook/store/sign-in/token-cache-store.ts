import type { Connection } from 'mongoose'
import { tokenCacheModel } from '../../../models/sign-in/token-cache.ts'
import { SealBrokenError } from '../../keys/cipher.ts'
import { KeysDestroyedError, type Vault } from '../../keys/vault.ts'
import { createOnce } from '../duplicate.ts'

/** What is kept of a partition: null when it was sealed by no key of ours. */
export type KeptCache = { text: string | null; version: number }

const nameOf = (partition: string) => ({ collection: 'tokenCaches', id: partition })

/** A partition ends in its tenant: `<oid>.<tid>`, or `app.<tid>`. */
const workspaceOf = (partition: string) => partition.slice(partition.lastIndexOf('.') + 1)

/** Sealed token caches, one per partition. */
export class TokenCacheStore {
  private readonly caches
  private readonly vault: Vault

  constructor({ db, vault }: { db: Connection; vault: Vault }) {
    this.caches = tokenCacheModel(db)
    this.vault = vault
  }

  async find(partition: string): Promise<KeptCache | null> {
    const found = await this.caches.findOne({ _id: partition }).lean()
    if (!found) return null
    const { sealed, version, workspaceId } = found
    try {
      const keys = await this.vault.of(workspaceId)
      return { text: keys.open(nameOf(partition), sealed, 'cache'), version }
    } catch (error) {
      if (error instanceof SealBrokenError || error instanceof KeysDestroyedError)
        return { text: null, version }
      throw error
    }
  }

  /** Null: there is none. */
  async versionOf(partition: string): Promise<number | null> {
    const found = await this.caches.findOne({ _id: partition }).select({ version: 1 }).lean()
    return found?.version ?? null
  }

  /** Unless somebody has written since. */
  async remove(partition: string, seenVersion: number): Promise<void> {
    await this.caches.deleteOne({ _id: partition, version: seenVersion })
  }

  /** Compare and set: false when somebody else has written since `seenVersion`; 0 stands for "none is there yet". */
  async save(partition: string, text: string, seenVersion: number): Promise<boolean> {
    const workspaceId = workspaceOf(partition)
    const keys = await this.vault.of(workspaceId)
    const sealed = keys.seal(nameOf(partition), { cache: text })
    if (seenVersion === 0)
      return createOnce(() =>
        this.caches.create({ _id: partition, workspaceId, sealed, version: 1 }),
      )
    const { modifiedCount } = await this.caches.updateOne(
      { _id: partition, version: seenVersion },
      { $set: { sealed }, $inc: { version: 1 } },
    )
    return modifiedCount === 1
  }
}
