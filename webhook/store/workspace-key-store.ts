import type { Connection } from 'mongoose'
import { workspaceKeyModel, type WorkspaceKey } from '../../models/keys/workspace-key.ts'
import type { KeyStore } from '../keys/vault.ts'
import { insertNew } from './duplicate.ts'

/** The workspaces' keys, wrapped. */
export class WorkspaceKeyStore implements KeyStore {
  private readonly keys

  constructor(db: Connection) {
    this.keys = workspaceKeyModel(db)
  }

  async ofWorkspace(workspaceId: string): Promise<WorkspaceKey[]> {
    return this.keys.find({ workspaceId }).sort({ version: 1 }).lean()
  }

  async create(keys: WorkspaceKey[]): Promise<void> {
    await insertNew(this.keys, keys)
  }

  /** Wrapped by another root key than this one, at most a thousand. */
  async notUnder(rootId: string): Promise<WorkspaceKey[]> {
    return this.keys
      .find({ rootId: { $ne: rootId }, destroyedAt: null })
      .limit(1_000)
      .lean()
  }

  /** Compare and set: the same key, wrapped by another root key. */
  async rewrap(
    { _id, rootId }: Pick<WorkspaceKey, '_id' | 'rootId'>,
    wrapped: Pick<WorkspaceKey, 'rootId' | 'wrapped'>,
  ): Promise<void> {
    await this.keys.updateOne({ _id, rootId, destroyedAt: null }, { $set: wrapped })
  }

  async workspaces(): Promise<string[]> {
    return this.keys.distinct('workspaceId')
  }

  /** Versions below this one are given up from now on. */
  async retireBelow(workspaceId: string, version: number, now: Date): Promise<void> {
    await this.keys.updateMany(
      { workspaceId, kind: 'seal', version: { $lt: version }, retiredAt: null, destroyedAt: null },
      { $set: { retiredAt: now } },
    )
  }

  /** Workspaces whose older keys are still there. */
  async rotating(): Promise<string[]> {
    return this.keys.distinct('workspaceId', {
      retiredAt: { $gt: new Date(0) },
      destroyedAt: null,
    })
  }

  /** For good: whatever is sealed under them cannot be read any more. */
  async destroy(ids: string[], destroyedAt: Date): Promise<void> {
    await this.keys.updateMany(
      { _id: { $in: ids }, destroyedAt: null },
      { $set: { wrapped: null, destroyedAt } },
    )
  }
}
