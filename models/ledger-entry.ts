import { Schema, type Connection } from 'mongoose'

export const ledgerStates = ['pending', 'stored', 'excluded', 'failed', 'gone'] as const
export type LedgerState = (typeof ledgerStates)[number]

/** What we decided about one message id in one mailbox, and why. Written for every message, also those not stored. */
export type LedgerEntry = {
  _id: string
  workspaceId: string
  mailboxId: string
  /** The provider's immutable id; case-sensitive. */
  messageId: string
  folderId: string
  state: LedgerState
  /** A code of the catalogue in webhook/sync/decide/reasons.ts. */
  reason: string
  ruleVersion: number
  emailId: string | null
  receivedAt: Date | null
  seenAt: Date
  decidedAt: Date
}

const ledgerEntrySchema = new Schema<LedgerEntry>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    messageId: { type: String, required: true },
    folderId: { type: String, required: true },
    state: { type: String, enum: ledgerStates, required: true },
    reason: { type: String, required: true },
    ruleVersion: { type: Number, required: true },
    emailId: { type: String, default: null },
    receivedAt: { type: Date, default: null },
    seenAt: { type: Date, required: true },
    decidedAt: { type: Date, required: true },
  },
  { collection: 'ledgerEntries', timestamps: true },
)
ledgerEntrySchema.index({ mailboxId: 1, messageId: 1 }, { unique: true }) // one account per message
ledgerEntrySchema.index({ folderId: 1, state: 1 }) // counts and the id set of a folder, for reconcile

export const ledgerEntryModel = (db: Connection) => db.model('LedgerEntry', ledgerEntrySchema)
