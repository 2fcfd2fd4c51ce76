import { Schema, type Connection } from 'mongoose'

/** E-mails with one of these values. */
export type Walk = { field: 'partyKeys' | 'threadId' | '_id'; values: string[] }

/**
 * Stored e-mails to be matched anew, because the contacts of their parties changed. Written down before that change, so
 * that no crash leaves it undone; taken out when all of it is done.
 */
export type MatchingJob = {
  _id: string
  workspaceId: string
  /** Domains of companies that changed: contacts there are looked up by other spellings now. That comes first. */
  domainKeys: string[]
  walks: Walk[]
  /** Excluded mail with these parties is judged again, too. */
  judgedKeys: string[]
  /** Where it is: in which walk, and behind which e-mail of it. */
  walk: number
  behind: { at: Date; id: string } | null
  done: number
  /** When others carry on, as whoever began it has not. */
  dueAt: Date
}

const walk = new Schema<Walk>(
  {
    field: { type: String, enum: ['partyKeys', 'threadId', '_id'], required: true },
    values: { type: [String], required: true },
  },
  { _id: false },
)

const behind = new Schema(
  { at: { type: Date, required: true }, id: { type: String, required: true } },
  { _id: false },
)

const matchingJobSchema = new Schema<MatchingJob>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    domainKeys: [String],
    walks: [walk],
    judgedKeys: [String],
    walk: { type: Number, required: true },
    behind: { type: behind, default: null },
    done: { type: Number, required: true },
    dueAt: { type: Date, required: true },
  },
  { collection: 'matchingjobs' },
)
matchingJobSchema.index({ dueAt: 1 })

export const matchingJobModel = (db: Connection) => db.model('MatchingJob', matchingJobSchema)
