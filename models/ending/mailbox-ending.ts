import { Schema } from 'mongoose'

/** What becomes of e-mails that nobody else sees: they stay with the mailbox's owner, or they go. */
export const mailChoices = ['keep', 'remove'] as const
export type MailChoice = (typeof mailChoices)[number]

/** What is still to be put away of a mailbox that was disconnected. Connecting it again takes it back. */
export type MailboxEnding = {
  at: Date
  mail: MailChoice
  /** Accounts and e-mails that are put away, and how many there were at first. */
  done: number
  total: number
  /** When somebody goes on; whoever does puts it off first. */
  dueAt: Date
  /** E-mails that are being removed: what hangs on them is let go of, though somebody died in between. */
  leaving: string[]
  /** The version of its tokens at the last look: tokens that somebody renewed since are not forgotten. */
  tokens: number | null
}

export const mailboxEnding = new Schema<MailboxEnding>(
  {
    at: { type: Date, required: true },
    mail: { type: String, enum: mailChoices, required: true },
    done: { type: Number, required: true },
    total: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    leaving: [String],
    tokens: { type: Number, default: null },
  },
  { _id: false },
)
