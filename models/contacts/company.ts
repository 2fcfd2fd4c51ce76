import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

export type CompanyContent = {
  name: string
  /** The main one first; the others are aliases: the same mailbox names reach the same people there. */
  domains: string[]
}

export type StoredCompany = {
  _id: string
  workspaceId: string
  rev: number
  /** One for each domain; unique in a workspace, so that a domain belongs to one company. Never empty. */
  claimKeys: string[]
  nameKeys: string[]
  wholeNameKey: string | null
  createdAt: Date
  updatedAt: Date
  sealed: Sealed<'content'>
}

const companySchema = new Schema<StoredCompany>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    rev: { type: Number, required: true },
    claimKeys: { type: [String], required: true },
    nameKeys: [String],
    wholeNameKey: { type: String, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    sealed: { type: sealed, required: true },
  },
  { collection: 'companies' },
)
companySchema.index({ workspaceId: 1, claimKeys: 1 }, { unique: true }) // one domain, one company
companySchema.index({ workspaceId: 1, nameKeys: 1 })
companySchema.index({ workspaceId: 1, wholeNameKey: 1 })
companySchema.index({ workspaceId: 1, createdAt: -1, _id: -1 }) // the list
companySchema.index(bySealedVersion)

export const companyModel = (db: Connection) => db.model('Company', companySchema)
