import { Schema, type Connection } from 'mongoose'

/**
 * How much of one limit a workspace uses: e-mails of one day, or e-mails stored. Changed by compare-and-set on `used`
 * alone, so that many at once never take more than there is.
 */
export type Usage = {
  _id: string
  workspaceId: string
  /** `day 2026-11-20` or `stored`. */
  what: string
  used: number
  changedAt: Date
}

const usageSchema = new Schema<Usage>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    what: { type: String, required: true },
    used: { type: Number, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'usages' },
)
usageSchema.index({ changedAt: 1 }) // days that are over, to be swept

export const usageModel = (db: Connection) => db.model('Usage', usageSchema)
