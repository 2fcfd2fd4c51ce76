import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

/** MSAL's cache, one sealed document per person (or per tenant for app-only tokens): never one big cache. */
export type TokenCache = {
  /** The partition: MSAL's home account id, or `app.<tenant id>`. */
  _id: string
  workspaceId: string
  sealed: Sealed<'cache'>
  /** Raised by every write; a write names the one it read. */
  version: number
}

const tokenCacheSchema = new Schema<TokenCache>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    sealed: { type: sealed, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'tokenCaches', timestamps: true },
)
tokenCacheSchema.index(bySealedVersion)

export const tokenCacheModel = (db: Connection) => db.model('TokenCache', tokenCacheSchema)
