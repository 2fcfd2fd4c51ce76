import { Schema, type Connection } from 'mongoose'

/** A connected mail account. `_id` is made from workspace and provider user, so connecting twice is one record. */
export type Mailbox = {
  _id: string
  /** The customer organisation: its Entra tenant id. */
  workspaceId: string
  /** The account's own id at the provider (Entra object id); addresses can change, this cannot. */
  providerUserId: string
  address: string
  displayName: string
  authMode: 'delegated' | 'app'
  /** Who sees its unmatched mail: the person, or for a shared mailbox the admin who connected it. */
  ownerUserId: string
  /** MSAL's account id for silent tokens; null in app mode. */
  homeAccountId: string | null
  status: 'connected' | 'reconnect-needed'
  /** The stable code of the last refusal, for the light. */
  lastErrorCode: string | null
}

const mailboxSchema = new Schema<Mailbox>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    providerUserId: { type: String, required: true },
    address: { type: String, required: true },
    displayName: { type: String, required: true },
    authMode: { type: String, enum: ['delegated', 'app'], required: true },
    ownerUserId: { type: String, required: true },
    homeAccountId: { type: String, default: null },
    status: { type: String, enum: ['connected', 'reconnect-needed'], required: true },
    lastErrorCode: { type: String, default: null },
  },
  { collection: 'mailboxes', timestamps: true },
)
mailboxSchema.index({ workspaceId: 1, providerUserId: 1 }, { unique: true }) // one record per account
mailboxSchema.index({ workspaceId: 1, ownerUserId: 1 }) // "my mailboxes"

export const mailboxModel = (db: Connection) => db.model('Mailbox', mailboxSchema)
