import { Schema, type Connection } from 'mongoose'

/**
 * What is to go back to one message of a two-way mailbox: the category of what is in the CRM, and a person's reading. It
 * stays when all is done for as long as the message is in the CRM, so that it is marked once.
 */
export type WriteBack = {
  /** The same as its account's in the ledger. */
  _id: string
  workspaceId: string
  mailboxId: string
  messageId: string
  dueAt: Date
  /** Somebody waits for it: it does not wait behind history. */
  isFresh: boolean
  /** Raised whenever something is wanted (again), so that a try that is under way does not end what it has not seen. */
  wants: number
  /** As its owner has read it here; null: nothing was chosen since the last time. */
  isRead: boolean | null
  /** Since when it bears our category, as far as we know. Who takes it off in Outlook afterwards has the last word. */
  markedAt: Date | null
  /** Tries in a row that came to nothing. */
  attempts: number
  lastErrorCode: string | null
  /** `token` is raised by every claim; who lost the lease may no longer say how it ended. */
  lease: { token: number; until: Date }
}

const writeBackSchema = new Schema<WriteBack>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    messageId: { type: String, required: true },
    dueAt: { type: Date, required: true },
    isFresh: { type: Boolean, required: true },
    wants: { type: Number, default: 0 },
    isRead: { type: Boolean, default: null },
    markedAt: { type: Date, default: null },
    attempts: { type: Number, default: 0 },
    lastErrorCode: { type: String, default: null },
    lease: {
      token: { type: Number, required: true },
      until: { type: Date, required: true },
    },
  },
  { collection: 'writeBacks' },
)
writeBackSchema.index({ isFresh: 1, dueAt: 1 }) // claim: what somebody waits for first, then what is due longest
writeBackSchema.index({ mailboxId: 1, dueAt: 1 }) // a mailbox rests, or goes on

export const writeBackModel = (db: Connection) => db.model('WriteBack', writeBackSchema)
