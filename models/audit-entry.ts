import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from './keys/sealed.ts'

/** One link of a workspace's audit chain. Nothing is ever changed in it; only sealed details can be taken out. */
export type StoredAuditEntry = {
  /** Made from workspace and seq. */
  _id: string
  workspaceId: string
  /** 1, 2, 3 … without a gap. */
  seq: number
  at: Date
  userId: string
  role: string
  action: string
  objectKind: string
  objectId: string
  detailsHash: string
  prevHash: string
  hash: string
  /** A keyed digest of the hash. */
  mark: string
  /** Under a data key of their own; null: there are none, or they were shredded. */
  sealed: Sealed<'details'> | null
}

const auditEntrySchema = new Schema<StoredAuditEntry>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    seq: { type: Number, required: true },
    at: { type: Date, required: true },
    userId: { type: String, required: true },
    role: { type: String, required: true },
    action: { type: String, required: true },
    objectKind: { type: String, required: true },
    objectId: { type: String, required: true },
    detailsHash: { type: String, default: '' },
    prevHash: { type: String, default: '' },
    hash: { type: String, required: true },
    mark: { type: String, required: true },
    sealed: { type: sealed, default: null },
  },
  { collection: 'audit' },
)
auditEntrySchema.index({ workspaceId: 1, seq: 1 }, { unique: true }) // one chain, without a fork
auditEntrySchema.index({ workspaceId: 1, userId: 1, seq: 1 }) // what did this person do
auditEntrySchema.index({ workspaceId: 1, objectKind: 1, objectId: 1, seq: 1 }) // who looked at this
auditEntrySchema.index({ workspaceId: 1, action: 1, seq: 1 }) // who did such a thing
auditEntrySchema.index(bySealedVersion)

export const auditEntryModel = (db: Connection) => db.model('AuditEntry', auditEntrySchema)
