import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'
import type { SyncTestResult } from '../wire/health/sync-test.ts'

/** The Test Sync of a mailbox: whether one is being made, what the last one found, and what it writes to try the store. */
export type SyncTest = {
  _id: string
  workspaceId: string
  mailboxId: string
  /** The one being made, until when it may; a later one outdates it. */
  runId: string | null
  runningUntil: Date
  /** What the last whole one found. */
  result: SyncTestResult | null
  /** Chance, sealed as mail is: read back to see that the store keeps what it takes. */
  sealed: Sealed<'probe'> | null
}

const syncTestSchema = new Schema<SyncTest>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    runId: { type: String, default: null },
    runningUntil: { type: Date, required: true },
    result: { type: Schema.Types.Mixed, default: null },
    sealed: { type: sealed, default: null },
  },
  { collection: 'syncTests' },
)
syncTestSchema.index(bySealedVersion)

export const syncTestModel = (db: Connection) => db.model('SyncTest', syncTestSchema)
