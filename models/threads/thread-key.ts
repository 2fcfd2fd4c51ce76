import { Schema, type Connection } from 'mongoose'

/**
 * One name that e-mails of a thread have in common: a Message-ID or a conversation, as a blind key. A thread is a tree of
 * them, and its id is that of the root.
 */
export type ThreadKey = {
  _id: string
  workspaceId: string
  /** The key it belongs to; null: it is the root of a thread. */
  into: string | null
}

const threadKeySchema = new Schema<ThreadKey>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    into: { type: String, default: null },
  },
  { collection: 'threadKeys' },
)
threadKeySchema.index({ workspaceId: 1 }) // for when a workspace ends

export const threadKeyModel = (db: Connection) => db.model('ThreadKey', threadKeySchema)
