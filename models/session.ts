import { Schema, type Connection, type InferSchemaType } from 'mongoose'

/** A console session. `_id` is the SHA-256 of the cookie: a dump of the database signs nobody in. */
const sessionSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    userId: { type: String, required: true },
    displayName: { type: String, required: true },
    address: { type: String, required: true },
    roles: { type: [String], required: true },
    csrfToken: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', timestamps: true },
)
sessionSchema.index({ expiresAt: 1 }) // our own sweep; no TTL index (house decision 11)

export type Session = InferSchemaType<typeof sessionSchema>
export const sessionModel = (db: Connection) => db.model('Session', sessionSchema)
