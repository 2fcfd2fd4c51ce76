import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

/**
 * `pending`: its bytes are still to be fetched. `scanning`: a virus scanner holds it back, and something else hangs in its
 * place. `over-limit`: larger than the plan stores. `reference`: a link to a file in somebody's cloud, so there are no bytes.
 */
export const attachmentStates = [
  'pending',
  'scanning',
  'stored',
  'over-limit',
  'reference',
  'left-out',
  'failed',
] as const
export type AttachmentState = (typeof attachmentStates)[number]

/** What is sealed of an attachment, as JSON. `link` opens the message in Outlook, for what is not kept here. */
export type AboutAttachment = {
  name: string
  contentType: string
  contentId: string | null
  link: string | null
}

/** What hangs on an e-mail. One record each, whichever copy of the e-mail it was found on; the bytes are a blob. */
export type StoredAttachment = {
  _id: string
  workspaceId: string
  emailId: string
  /** Its place among the e-mail's attachments. */
  position: number
  kind: 'file' | 'item' | 'reference'
  state: AttachmentState
  /** Why it failed: the code of the error. */
  reason: string | null
  /** Bytes: as the provider says until it is stored, then as they are. */
  size: number
  /** A picture in the text. */
  isInline: boolean
  blobId: string | null
  sealed: Sealed<'about'>
}

const attachmentSchema = new Schema<StoredAttachment>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    emailId: { type: String, required: true },
    position: { type: Number, required: true },
    kind: { type: String, enum: ['file', 'item', 'reference'], required: true },
    state: { type: String, enum: attachmentStates, required: true },
    reason: { type: String, default: null },
    size: { type: Number, required: true },
    isInline: { type: Boolean, required: true },
    blobId: { type: String, default: null },
    sealed: { type: sealed, required: true },
  },
  { collection: 'attachments' },
)
attachmentSchema.index({ emailId: 1, position: 1 }) // all of an e-mail
attachmentSchema.index({ blobId: 1 }) // does anybody still use this blob?
attachmentSchema.index({ state: 1, workspaceId: 1 }) // what a larger plan lets in
attachmentSchema.index(bySealedVersion)

export const attachmentModel = (db: Connection) => db.model('Attachment', attachmentSchema)
