import type { Connection } from 'mongoose'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'

/** Reasons are not in an index: of more messages than this, those that come first are counted. */
const MOST = 20_000

/** Why messages of a folder are not stored, counted by reason. */
export class ReasonCounts {
  private readonly entries

  constructor(db: Connection) {
    this.entries = ledgerEntryModel(db)
  }

  async of(folderId: string): Promise<Record<string, number>> {
    const found = await this.entries.aggregate<{ _id: string; count: number }>([
      { $match: { folderId, state: { $in: ['pending', 'excluded', 'failed'] } } },
      { $limit: MOST },
      { $group: { _id: '$reason', count: { $sum: 1 } } },
    ])
    const sorted = found.toSorted((one, other) => other.count - one.count)
    return Object.fromEntries(sorted.map(({ _id, count }) => [_id, count]))
  }
}
