import type { Connection } from 'mongoose'
import { ledgerEntryModel, ledgerStates, MAX_HISTORY } from '../../../models/ledger-entry.ts'
import { goneEvent } from '../../sync/page/story.ts'

const there = { $in: ledgerStates.filter((state) => state !== 'gone') }
const REASON = 'mailbox-disconnected'

/** An entry as it was read. */
export type Open = { _id: string; rev: number }

/** Accounts of messages whose mailbox nobody reads any more. */
export class ClosedAccounts {
  private readonly entries

  constructor(db: Connection) {
    this.entries = ledgerEntryModel(db)
  }

  async count(mailboxId: string): Promise<number> {
    return this.entries.countDocuments({ mailboxId, state: there })
  }

  /** Those of a folder that do not say yet that their message is gone. */
  async openIn(folderId: string, limit: number): Promise<Open[]> {
    return this.entries.find({ folderId, state: there }).select({ rev: 1 }).limit(limit).lean()
  }

  /** Says so, and keeps their story. One that a pass wrote since it was read stays as that pass has it. */
  async close(open: Open[], at: Date): Promise<void> {
    if (open.length === 0) return
    const story = { $each: [goneEvent(at, REASON)], $slice: -MAX_HISTORY }
    await this.entries.bulkWrite(
      open.map(({ _id, rev }) => ({
        updateOne: {
          filter: { _id, rev },
          update: {
            $set: { state: 'gone', reason: REASON, retryAt: null, decidedAt: at },
            $inc: { rev: 1 },
            $push: { history: story },
          },
        },
      })),
      { ordered: false, throwOnValidationError: true },
    )
  }
}
