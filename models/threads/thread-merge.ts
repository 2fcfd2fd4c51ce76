import { Schema, type Connection } from 'mongoose'

/**
 * A thread that is one with another: its e-mails and what people said of it follow. Written down before the threads are
 * joined, and taken out when everything has followed.
 */
export type ThreadMerge = {
  /** The thread that ends: it does so once. */
  _id: string
  workspaceId: string
  /** The thread it goes into, or went into; that one may have ended since. */
  into: string
  /** When others carry on, and whoever came late is looked after. */
  dueAt: Date
}

const threadMergeSchema = new Schema<ThreadMerge>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    into: { type: String, required: true },
    dueAt: { type: Date, required: true },
  },
  { collection: 'threadMerges' },
)
threadMergeSchema.index({ dueAt: 1 })

export const threadMergeModel = (db: Connection) => db.model('ThreadMerge', threadMergeSchema)
