import { Schema, type Connection, type InferSchemaType } from 'mongoose'

/** A connected mail account. `_id` is made from workspace and provider user, so connecting twice is one record. */
const mailboxSchema = new Schema(
  {
    _id: { type: String, required: true },
    /** The customer organisation: its Entra tenant id. */
    workspaceId: { type: String, required: true },
    /** The account's own id at the provider (Entra object id); addresses can change, this cannot. */
    providerUserId: { type: String, required: true },
    address: { type: String, required: true },
    displayName: { type: String, required: true },
    authMode: { type: String, enum: ['delegated', 'app'], required: true },
    /** Who sees its unmatched mail: the person, or for a shared mailbox the admin who connected it. */
    ownerUserId: { type: String, required: true },
    /** MSAL's account id for silent tokens; null in app mode. */
    homeAccountId: { type: String, default: null },
    status: { type: String, enum: ['connected', 'reconnect-needed'], required: true },
    /** The stable code of the last refusal, for the light. */
    lastErrorCode: { type: String, default: null },
  },
  { collection: 'mailboxes', timestamps: true },
)
mailboxSchema.index({ workspaceId: 1, providerUserId: 1 }, { unique: true }) // one record per account
mailboxSchema.index({ workspaceId: 1, ownerUserId: 1 }) // "my mailboxes"

export type Mailbox = InferSchemaType<typeof mailboxSchema>
export const mailboxModel = (db: Connection) => db.model('Mailbox', mailboxSchema)
