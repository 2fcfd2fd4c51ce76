import { Schema, type Connection, type InferSchemaType } from 'mongoose'

/** MSAL's cache, one sealed document per person (or per tenant for app-only tokens): never one big cache. */
const tokenCacheSchema = new Schema(
  {
    /** The partition: MSAL's home account id, or `app.<tenant id>`. */
    _id: { type: String, required: true },
    /** AES-256-GCM under a key derived from the root key; see webhook/sign-in/sealed.ts. */
    sealed: { type: String, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'tokenCaches', timestamps: true },
)

export type TokenCache = InferSchemaType<typeof tokenCacheSchema>
export const tokenCacheModel = (db: Connection) => db.model('TokenCache', tokenCacheSchema)
