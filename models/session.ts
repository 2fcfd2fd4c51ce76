import { Schema, type Connection } from 'mongoose'

/** A console session. */
export type Session = {
  /** The SHA-256 of the cookie: a dump of the database signs nobody in. */
  _id: string
  workspaceId: string
  userId: string
  displayName: string
  address: string
  roles: string[]
  csrfToken: string
  expiresAt: Date
}

const sessionSchema = new Schema<Session>(
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

export const sessionModel = (db: Connection) => db.model('Session', sessionSchema)
