import { Schema, type Connection } from 'mongoose'

/** The search for subscriptions that the provider has for a mailbox and that no record of ours knows. */
export type StraySearch = {
  /** The mailbox's id. */
  _id: string
  /** When it is looked next. */
  dueAt: Date
  /** Subscriptions that nobody knew at the last look; unknown again, they are deleted. */
  suspects: string[]
}

const straySearchSchema = new Schema<StraySearch>(
  {
    _id: { type: String, required: true },
    dueAt: { type: Date, required: true },
    suspects: { type: [String], default: [] },
  },
  { collection: 'straySearches' },
)
straySearchSchema.index({ dueAt: 1 }) // which mailbox is looked at next

export const straySearchModel = (db: Connection) => db.model('StraySearch', straySearchSchema)
