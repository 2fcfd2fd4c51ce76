import { Schema, type Connection } from 'mongoose'

/** What one instance did that consoles at another may want to show: ids only, nothing of any mail. */
export type Announcement = {
  _id: string
  /** The instance that tells; its own consoles know already. */
  instanceId: string
  at: Date
  /** Who it is for. */
  workspaceId: string
  userId: string
  /** E-mails that are new, or were logged. */
  emailIds: string[]
  /** A mailbox whose state changed. */
  mailboxId: string | null
}

const announcementSchema = new Schema<Announcement>(
  {
    _id: { type: String, required: true },
    instanceId: { type: String, required: true },
    at: { type: Date, required: true },
    workspaceId: { type: String, required: true },
    userId: { type: String, required: true },
    emailIds: [String],
    mailboxId: { type: String, default: null },
  },
  { collection: 'announcements' },
)
announcementSchema.index({ at: 1 }) // the last seconds, and the sweep of what is older

export const announcementModel = (db: Connection) => db.model('Announcement', announcementSchema)
