import { Schema, type Connection } from 'mongoose'

/** One Graph change-notification subscription on one folder. */
export type Subscription = {
  /** The id Graph gave it. */
  _id: string
  workspaceId: string
  mailboxId: string
  folderId: string
  /** Whose mailbox it watches; a notification about another one is not ours. */
  providerUserId: string
  /** SHA-256 of the shared secret: enough to compare, useless to forge. */
  clientStateHash: string
  /** When it was made: an old secret is replaced by making the subscription anew. */
  createdAt: Date
  /** When the provider last made or renewed it: it was alive then. */
  renewedAt: Date
  /** The certificate its headers are encrypted for; null: it brings none. */
  certificateId: string | null
  expiresAt: Date
  /** When the renewal task looks at it next; about two thirds of the returned life. */
  renewAt: Date
  /** Since when the provider wants a new authorization, and may soon not ring without one; null: it does not. */
  challengedAt: Date | null
}

const subscriptionSchema = new Schema<Subscription>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    folderId: { type: String, required: true },
    providerUserId: { type: String, required: true },
    clientStateHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    renewedAt: { type: Date, required: true },
    certificateId: { type: String, default: null },
    expiresAt: { type: Date, required: true },
    renewAt: { type: Date, required: true },
    challengedAt: { type: Date, default: null },
  },
  { collection: 'subscriptions' },
)
subscriptionSchema.index({ folderId: 1 }, { unique: true }) // one per folder
subscriptionSchema.index({ mailboxId: 1 }) // what a mailbox has
subscriptionSchema.index({ renewAt: 1 }) // renewal scan

export const subscriptionModel = (db: Connection) => db.model('Subscription', subscriptionSchema)
