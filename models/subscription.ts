import { Schema, type Connection, type InferSchemaType } from 'mongoose'

/** One Graph change-notification subscription on one folder. `_id` is the id Graph gave it. */
const subscriptionSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    folderId: { type: String, required: true },
    /** SHA-256 of the shared secret: enough to compare, useless to forge. */
    clientStateHash: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    /** When the renewal task looks at it next; two thirds of the returned life. */
    renewAt: { type: Date, required: true },
  },
  { collection: 'subscriptions', timestamps: true },
)
subscriptionSchema.index({ folderId: 1 }, { unique: true }) // one per folder
subscriptionSchema.index({ renewAt: 1 }) // renewal scan

export type Subscription = InferSchemaType<typeof subscriptionSchema>
export const subscriptionModel = (db: Connection) => db.model('Subscription', subscriptionSchema)
