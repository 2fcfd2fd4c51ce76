import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from './keys/sealed.ts'

/**
 * One version of the rules of a workspace or a mailbox, complete in itself. Written once and never changed, so that an
 * entry of the ledger can be explained by the rules of its day.
 */
export type StoredRuleSet = {
  /** Made from owner and version: of two who save at once, one does. */
  _id: string
  workspaceId: string
  /** The workspace or the mailbox that they are of. */
  ownerId: string
  version: number
  savedAt: Date
  byUserId: string
  /** The version that it restored. */
  restored: number | null
  /** The rules and who saved them; addresses and domains are people's. */
  sealed: Sealed<'rules'>
}

const ruleSetSchema = new Schema<StoredRuleSet>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    ownerId: { type: String, required: true },
    version: { type: Number, required: true },
    savedAt: { type: Date, required: true },
    byUserId: { type: String, required: true },
    restored: { type: Number, default: null },
    sealed: { type: sealed, required: true },
  },
  { collection: 'ruleSets' },
)
ruleSetSchema.index({ ownerId: 1, version: -1 }, { unique: true }) // the newest, and the list
ruleSetSchema.index(bySealedVersion)

export const ruleSetModel = (db: Connection) => db.model('RuleSet', ruleSetSchema)
