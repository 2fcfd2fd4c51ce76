import { Schema, type Connection } from 'mongoose'

/** MSAL's cache, one sealed document per person (or per tenant for app-only tokens): never one big cache. */
export type TokenCache = {
  /** The partition: MSAL's home account id, or `app.<tenant id>`. */
  _id: string
  /** AES-256-GCM under a key derived from the root key; see webhook/sign-in/sealed.ts. */
  sealed: string
  version: number
}

const tokenCacheSchema = new Schema<TokenCache>(
  {
    _id: { type: String, required: true },
    sealed: { type: String, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'tokenCaches', timestamps: true },
)

export const tokenCacheModel = (db: Connection) => db.model('TokenCache', tokenCacheSchema)
