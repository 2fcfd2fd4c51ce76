import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

/** Somebody who has signed in to the console, as they were the last time. */
export type StoredMember = {
  /** Made from workspace and user. */
  _id: string
  workspaceId: string
  /** Entra object id. */
  userId: string
  roles: string[]
  signedInAt: Date
  sealed: Sealed<'displayName' | 'address'>
}

const memberSchema = new Schema<StoredMember>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    userId: { type: String, required: true },
    roles: { type: [String], required: true },
    signedInAt: { type: Date, required: true },
    sealed: { type: sealed, required: true },
  },
  { collection: 'members' },
)
memberSchema.index({ workspaceId: 1, signedInAt: -1, _id: -1 }) // the list
memberSchema.index(bySealedVersion)

export const memberModel = (db: Connection) => db.model('Member', memberSchema)
