import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

/** An address that people write with and no contact has. `_id` is made from the address, so it is suggested once. */
export type StoredSuggestion = {
  _id: string
  workspaceId: string
  addressKey: string
  /** Who has mail with it: nobody else is told. */
  ownerUserIds: string[]
  /** Who does not want to hear of it again. */
  dismissedBy: string[]
  /** It became this contact. */
  contactId: string | null
  /** The latest mail with it. */
  lastAt: Date
  sealed: Sealed<'party'>
}

const suggestionSchema = new Schema<StoredSuggestion>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    addressKey: { type: String, required: true },
    ownerUserIds: { type: [String], required: true },
    dismissedBy: { type: [String], required: true },
    contactId: { type: String, default: null },
    lastAt: { type: Date, required: true },
    sealed: { type: sealed, required: true },
  },
  { collection: 'suggestions' },
)
suggestionSchema.index({ workspaceId: 1, ownerUserIds: 1, lastAt: -1, _id: -1 }) // "mine", paged
suggestionSchema.index(bySealedVersion)

export const suggestionModel = (db: Connection) => db.model('Suggestion', suggestionSchema)
