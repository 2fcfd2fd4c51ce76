import { Schema, type Connection } from 'mongoose'

/**
 * What somebody chose for a message before it was sent. The draft carries its id alone, in a header line; nothing here
 * says whom the message is to, or what about.
 */
export type ComposeChoice = {
  /** Made from workspace and the id that the draft carries. */
  _id: string
  workspaceId: string
  userId: string
  /** Keyed digest of the address of the mailbox it was written in: their own, or a shared one. */
  mailboxKey: string
  /** To be logged as if they did it by hand once it is sent. */
  log: boolean
  /** To be tracked. */
  track: boolean
  /** The drop-box was copied in once: whoever takes it out again does not get it back. */
  copied: boolean
  at: Date
}

const composeChoiceSchema = new Schema<ComposeChoice>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    userId: { type: String, required: true },
    mailboxKey: { type: String, required: true },
    log: { type: Boolean, required: true },
    track: { type: Boolean, required: true },
    copied: { type: Boolean, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'composeChoices' },
)
composeChoiceSchema.index({ workspaceId: 1 }) // a workspace that ends

export const composeChoiceModel = (db: Connection) => db.model('ComposeChoice', composeChoiceSchema)
