import { Schema, type Connection } from 'mongoose'

/** How far reading a file in has come. `_id` is made from the file, so that the same one is read in once at a time. */
export type ContactImport = {
  _id: string
  workspaceId: string
  byUserId: string
  total: number
  done: number
  created: number
  updated: number
  unchanged: number
  failed: number
  startedAt: Date
  /** When it last told how far it is. */
  toldAt: Date
  finishedAt: Date | null
}

const contactImportSchema = new Schema<ContactImport>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    byUserId: { type: String, required: true },
    total: { type: Number, required: true },
    done: { type: Number, required: true },
    created: { type: Number, required: true },
    updated: { type: Number, required: true },
    unchanged: { type: Number, required: true },
    failed: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    toldAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
  },
  { collection: 'contactimports' },
)

export const contactImportModel = (db: Connection) => db.model('ContactImport', contactImportSchema)
