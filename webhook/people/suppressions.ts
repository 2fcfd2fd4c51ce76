import type { Connection } from 'mongoose'
import { suppressionModel } from '../../models/people/suppression.ts'
import type { Clock } from '../clock.ts'
import { idOf } from '../keys/ids.ts'
import type { Suppressions } from '../rules/people.ts'
import { insertNew } from '../store/duplicate.ts'

/** Who was erased and stays so: digests of their addresses. Read anew for each page, as nothing may slip through. */
export class SuppressionStore implements Suppressions {
  private readonly suppressions
  private readonly clock: Clock

  constructor({ db, clock }: { db: Connection; clock: Clock }) {
    this.suppressions = suppressionModel(db)
    this.clock = clock
  }

  async of(workspaceId: string, addressKeys: readonly string[]): Promise<ReadonlySet<string>> {
    if (addressKeys.length === 0) return new Set()
    const found = await this.suppressions
      .find({ _id: { $in: addressKeys.map((key) => suppressionId(workspaceId, key)) } })
      .select({ key: 1 })
      .lean()
    return new Set(found.map(({ key }) => key))
  }

  /** Durable when it resolves. Repeatable; a key that another erasure has suppressed stays as it is. */
  async add(workspaceId: string, erasureId: string, keys: readonly string[]): Promise<void> {
    const at = this.clock.now()
    await insertNew(
      this.suppressions,
      keys.map((key) => ({
        ...{ _id: suppressionId(workspaceId, key), workspaceId, key, erasureId, at },
      })),
    )
  }

  /** How many of them there were. */
  async lift(workspaceId: string, keys: readonly string[]): Promise<number> {
    const _ids = keys.map((key) => suppressionId(workspaceId, key))
    return (await this.suppressions.deleteMany({ _id: { $in: _ids } })).deletedCount
  }
}

const suppressionId = (workspaceId: string, key: string) => idOf('suppression', workspaceId, key)
