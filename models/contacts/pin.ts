import { Schema, type Connection } from 'mongoose'

/** A person's word on whether an e-mail belongs to a contact; holds for its thread too. No run overrides it. */
export type Pin = {
  /** Made from e-mail and contact: saying it again replaces what was said. */
  _id: string
  workspaceId: string
  contactId: string
  emailId: string
  threadId: string | null
  /** The e-mail's own; null in words from before it was kept. */
  ownThreadKey: string | null
  belongs: boolean
  byUserId: string
  at: Date
}

const pinSchema = new Schema<Pin>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    contactId: { type: String, required: true },
    emailId: { type: String, required: true },
    threadId: { type: String, default: null },
    ownThreadKey: { type: String, default: null },
    belongs: { type: Boolean, required: true },
    byUserId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'pins' },
)
pinSchema.index({ workspaceId: 1, emailId: 1 })
pinSchema.index({ workspaceId: 1, threadId: 1 })

export const pinModel = (db: Connection) => db.model('Pin', pinSchema)
