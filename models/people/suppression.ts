import { Schema, type Connection } from 'mongoose'

/**
 * One spelling of an address of somebody who was erased: a keyed digest, never the address. While it is here, no mail with
 * it comes in.
 */
export type Suppression = {
  /** Made from workspace and key, so that it is here once, and asked for without another index. */
  _id: string
  workspaceId: string
  key: string
  erasureId: string
  at: Date
}

const suppressionSchema = new Schema<Suppression>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    key: { type: String, required: true },
    erasureId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'suppressions' },
)

export const suppressionModel = (db: Connection) => db.model('Suppression', suppressionSchema)
