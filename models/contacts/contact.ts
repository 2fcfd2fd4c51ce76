import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

/** What a person of the CRM is called and reached by; all of it is sealed. */
export type ContactContent = {
  name: string
  jobTitle: string
  phone: string
  /** In use first; former ones still match the mail of their time. */
  addresses: ContactAddress[]
}

export type ContactAddress = {
  address: string
  /** When it was given up, as ISO time; null: in use. */
  formerSince: string | null
}

/** What can be looked up without being readable (reliability 5.1). */
export type ContactKeys = {
  /** One for each address; unique in a workspace, so that an address belongs to one contact. Never empty. */
  claimKeys: string[]
  /** What an e-mail's party keys are held against: the addresses, and what they are at alias domains. */
  matchKeys: string[]
  /** The addresses without plus tags. */
  foldedKeys: string[]
  domainKeys: string[]
  /** Beginnings of the words in name and addresses. */
  nameKeys: string[]
  /** The name as a whole, whatever the order of its words. */
  wholeNameKey: string | null
}

export type StoredContact = ContactKeys & {
  _id: string
  workspaceId: string
  /** Raised by every change; changes name the one they saw. */
  rev: number
  companyId: string | null
  /** The contact that took this one over, and by which merge. */
  mergedInto: string | null
  mergeId: string | null
  /** The merges by which it took others over. */
  took: string[]
  createdAt: Date
  updatedAt: Date
  sealed: Sealed<'content'>
}

const contactSchema = new Schema<StoredContact>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    rev: { type: Number, required: true },
    claimKeys: { type: [String], required: true },
    matchKeys: [String],
    foldedKeys: [String],
    domainKeys: [String],
    nameKeys: [String],
    wholeNameKey: { type: String, default: null },
    companyId: { type: String, default: null },
    mergedInto: { type: String, default: null },
    mergeId: { type: String, default: null },
    took: [String],
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    sealed: { type: sealed, required: true },
  },
  { collection: 'contacts' },
)
contactSchema.index({ workspaceId: 1, claimKeys: 1 }, { unique: true }) // one address, one contact
contactSchema.index({ workspaceId: 1, matchKeys: 1 }) // whose mail is this?
contactSchema.index({ workspaceId: 1, foldedKeys: 1 })
contactSchema.index({ workspaceId: 1, domainKeys: 1 })
contactSchema.index({ workspaceId: 1, nameKeys: 1 })
contactSchema.index({ workspaceId: 1, wholeNameKey: 1 })
contactSchema.index({ workspaceId: 1, companyId: 1 })
contactSchema.index({ workspaceId: 1, mergedInto: 1, createdAt: -1, _id: -1 }) // the list
contactSchema.index(bySealedVersion)

export const contactModel = (db: Connection) => db.model('Contact', contactSchema)
