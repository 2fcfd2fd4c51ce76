import { Schema, type Connection } from 'mongoose'

/** How far the removal of what is past its time has come, in one workspace. */
export type RetentionRun = {
  /** The workspace's id. */
  _id: string
  workspaceId: string
  /** When it is looked again, or gone on with; whoever does puts it off first. */
  dueAt: Date
  /** What was received before is being removed; null: nothing is under way. */
  cutoff: Date | null
  /** E-mails that are removed, and how many there were when it began. */
  done: number
  total: number
  /** E-mails that are being removed: what hangs on them is let go of, though somebody died in between. */
  leaving: string[]
}

const retentionRunSchema = new Schema<RetentionRun>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    dueAt: { type: Date, required: true },
    cutoff: { type: Date, default: null },
    done: { type: Number, default: 0 },
    total: { type: Number, default: 0 },
    leaving: [String],
  },
  { collection: 'retentionRuns' },
)

export const retentionRunModel = (db: Connection) => db.model('RetentionRun', retentionRunSchema)
