import { Schema, type Connection } from 'mongoose'

/** A file as a person saw it in Outlook, by the blind key of its name; `size` in bytes. */
export type LeftOut = { nameKey: string; size: number }

/** What a person did not want along when they logged an e-mail; the last word counts. */
export type AttachmentChoice = {
  /** The e-mail's id. */
  _id: string
  workspaceId: string
  byUserId: string
  at: Date
  leftOut: LeftOut[]
}

const leftOut = new Schema<LeftOut>(
  { nameKey: { type: String, required: true }, size: { type: Number, required: true } },
  { _id: false },
)

const choiceSchema = new Schema<AttachmentChoice>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    byUserId: { type: String, required: true },
    at: { type: Date, required: true },
    leftOut: [leftOut],
  },
  { collection: 'attachmentChoices' },
)
choiceSchema.index({ workspaceId: 1 }) // what ends with a workspace

export const attachmentChoiceModel = (db: Connection) => db.model('AttachmentChoice', choiceSchema)
