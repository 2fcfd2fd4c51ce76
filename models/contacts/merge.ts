import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

export const mergeStates = ['doing', 'done', 'undoing', 'undone', 'given-up'] as const
export type MergeState = (typeof mergeStates)[number]

/**
 * Two contacts becoming one. `_id` is made from both and the revision of the absorbed one, so that asking twice is one
 * merge. The absorbed contact stays as it is behind `mergedInto`; `sealed` says what the kept one was and became.
 */
export type StoredMerge = {
  _id: string
  workspaceId: string
  keptId: string
  absorbedId: string
  /** As they were seen when it was decided. */
  keptRev: number
  absorbedRev: number
  /** Of the kept contact, before and after. */
  companyBefore: string | null
  companyAfter: string | null
  state: MergeState
  byUserId: string
  at: Date
  undoneAt: Date | null
  sealed: Sealed<'before' | 'after'>
}

const mergeSchema = new Schema<StoredMerge>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    keptId: { type: String, required: true },
    absorbedId: { type: String, required: true },
    keptRev: { type: Number, required: true },
    absorbedRev: { type: Number, required: true },
    companyBefore: { type: String, default: null },
    companyAfter: { type: String, default: null },
    state: { type: String, enum: mergeStates, required: true },
    byUserId: { type: String, required: true },
    at: { type: Date, required: true },
    undoneAt: { type: Date, default: null },
    sealed: { type: sealed, required: true },
  },
  { collection: 'merges' },
)
mergeSchema.index({ workspaceId: 1, at: -1, _id: -1 }) // the list
mergeSchema.index({ state: 1, at: 1 }) // what a crash left half done
mergeSchema.index(bySealedVersion)

export const mergeModel = (db: Connection) => db.model('Merge', mergeSchema)
