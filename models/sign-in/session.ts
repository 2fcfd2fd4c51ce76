import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

/** A console session. */
export type Session = {
  /** The SHA-256 of the cookie: a dump of the database signs nobody in. */
  _id: string
  workspaceId: string
  userId: string
  displayName: string
  address: string
  roles: string[]
  /** What a page of ours shows with each change; it follows from the cookie and is stored nowhere. */
  csrfToken: string
  expiresAt: Date
}

/** A session as it is stored. */
export type StoredSession = Omit<Session, 'displayName' | 'address' | 'csrfToken'> & {
  sealed: Sealed<'displayName' | 'address'>
}

const sessionSchema = new Schema<StoredSession>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    userId: { type: String, required: true },
    sealed: { type: sealed, required: true },
    roles: { type: [String], required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', timestamps: true },
)
sessionSchema.index({ expiresAt: 1 }) // our own sweep; no TTL index (house decision 11)
sessionSchema.index(bySealedVersion)

export const sessionModel = (db: Connection) => db.model('Session', sessionSchema)
