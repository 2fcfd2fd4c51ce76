import { Schema, type Connection } from 'mongoose'

/** What is still to be fetched of one e-mail's attachments; stays when all is done, so that it is done once. */
export type AttachmentWork = {
  /** The e-mail's id. */
  _id: string
  workspaceId: string
  dueAt: Date
  /** Something is not fetched yet. */
  open: boolean
  /** Raised whenever somebody wants them (again), so that a try that is under way does not end what it has not seen. */
  wants: number
  /** Tries in a row that came to nothing, and looks that found a scanner still at work. */
  attempts: number
  scans: number
  lastErrorCode: string | null
  /** `token` is raised by every claim; who lost the lease may no longer say how it ended. */
  lease: { token: number; until: Date }
}

const attachmentWorkSchema = new Schema<AttachmentWork>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    dueAt: { type: Date, required: true },
    open: { type: Boolean, required: true },
    wants: { type: Number, default: 0 },
    attempts: { type: Number, default: 0 },
    scans: { type: Number, default: 0 },
    lastErrorCode: { type: String, default: null },
    lease: {
      token: { type: Number, required: true },
      until: { type: Date, required: true },
    },
  },
  { collection: 'attachmentWork' },
)
attachmentWorkSchema.index({ dueAt: 1 }) // claim: what is due, longest first

export const attachmentWorkModel = (db: Connection) =>
  db.model('AttachmentWork', attachmentWorkSchema)
