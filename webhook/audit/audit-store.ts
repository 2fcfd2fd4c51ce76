import type { Connection } from 'mongoose'
import { mongo } from 'mongoose'
import { auditEntryModel, type StoredAuditEntry } from '../../models/audit-entry.ts'
import type { AuditFilter } from '../../models/wire/audit.ts'
import { NOTHING, type Head } from './decide/chain.ts'

const DUPLICATE_KEY = 11_000
/** Read at a time when a whole chain is walked. */
const STRIDE = 1_000

/** Links of audit chains, inserted and never changed. */
export class AuditStore {
  private readonly entries
  /** Past mongoose, which would cast what is made here and typed. */
  private readonly links

  constructor(db: Connection) {
    this.entries = auditEntryModel(db)
    this.links = db.collection<StoredAuditEntry>(this.entries.collection.name)
  }

  /** The last link; of a workspace that has none, what the first one follows. */
  async head(workspaceId: string): Promise<Head> {
    const last = await this.entries
      .findOne({ workspaceId })
      .sort({ seq: -1 })
      .select({ seq: 1, hash: 1 })
      .lean()
    return last ? { seq: last.seq, hash: last.hash } : NOTHING
  }

  /** In order, until one's place is taken: how many are in. What is in is durable. */
  async insert(links: StoredAuditEntry[]): Promise<number> {
    try {
      await this.links.insertMany(links, { ordered: true })
      return links.length
    } catch (error) {
      const [first] = error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : []
      if (first?.code !== DUPLICATE_KEY) throw error
      return first.index // what came before it is in
    }
  }

  /** Newest first, before a seq. */
  async page(
    workspaceId: string,
    filter: AuditFilter,
    { before, limit }: { before: number | null; limit: number },
  ): Promise<StoredAuditEntry[]> {
    return this.entries
      .find({ ...matching(workspaceId, filter), ...(before !== null && { seq: { $lt: before } }) })
      .sort({ seq: -1 })
      .limit(limit)
      .lean()
  }

  /** Oldest first, all of it, some at a time: memory stays flat however long the chain is. */
  async *walk(workspaceId: string, filter: AuditFilter = {}): AsyncGenerator<StoredAuditEntry> {
    let after: number | null = null
    for (;;) {
      const found: StoredAuditEntry[] = await this.entries
        .find({ ...matching(workspaceId, filter), ...(after !== null && { seq: { $gt: after } }) })
        .sort({ seq: 1 })
        .limit(STRIDE)
        .lean()
      yield* found
      const last = found.at(-1)
      if (!last || found.length < STRIDE) return
      after = last.seq
    }
  }

  /** Takes the sealed details out, with the key that opens them. */
  async shred(workspaceId: string, seqs: number[]): Promise<void> {
    await this.entries.updateMany({ workspaceId, seq: { $in: seqs } }, { $set: { sealed: null } })
  }

  async count(workspaceId: string): Promise<number> {
    return this.entries.countDocuments({ workspaceId })
  }

  /** Every workspace that has a chain. */
  async workspaces(): Promise<string[]> {
    return this.entries.distinct('workspaceId')
  }
}

const matching = (workspaceId: string, filter: AuditFilter) => {
  const { action, userId, objectKind, objectId, from, until } = filter
  return {
    workspaceId,
    ...(action && { action }),
    ...(userId && { userId }),
    ...(objectKind && { objectKind }),
    ...(objectId && { objectId }),
    ...((from ?? until) && {
      at: { ...(from && { $gte: new Date(from) }), ...(until && { $lt: new Date(until) }) },
    }),
  }
}
