import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

export const followUpKinds = ['note', 'task', 'stage', 'pipeline', 'meeting'] as const
export type FollowUpKind = (typeof followUpKinds)[number]

type Named = { name: string; address: string }

/** A step on the way of a contact; null: on none. The name is what it was called then. */
export type StageChange = {
  stageId: string | null
  name: string
  at: string
  byUserId: string
  byName: string
}

/** What people wrote, by kind; all of it is sealed. Times are ISO texts. */
export type FollowUpContent = {
  note: { text: string; byName: string }
  task: { title: string; byName: string; ownerName: string }
  /** Of one contact; the newest change first. */
  stage: { history: StageChange[] }
  /** Of the workspace: the stages that there are, in their order. */
  pipeline: { stages: { id: string; name: string }[] }
  meeting: {
    subject: string
    startsAt: string
    endsAt: string
    organizer: Named | null
    attendees: Named[]
    /** Everybody who has logged it, the first one first. */
    loggedBy: { userId: string; name: string; at: string }[]
  }
}

/** What is kept in clear: ids, dates, and digests to find people by. */
export type FollowUpFacts = {
  _id: string
  workspaceId: string
  kind: FollowUpKind
  /** Raised by every change; changes name the one they saw. */
  rev: number
  /** Whom it is about; empty: about an e-mail or a meeting alone. */
  contactIds: string[]
  /** What it is about: whoever may not see that e-mail, does not see it either. */
  emailId: string | null
  meetingId: string | null
  byUserId: string
  /** Who is to do a task. */
  ownerUserId: string | null
  /** A task's day, as in a calendar: `2026-11-22`, wherever its reader is. */
  dueOn: string | null
  doneAt: Date | null
  /** The blind keys of everybody in a meeting, spelled as in e-mails. */
  partyKeys: string[]
  /** Its place in a list: when it was written; of a meeting, its start. */
  at: Date
  updatedAt: Date
}

export type StoredFollowUp = FollowUpFacts & { sealed: Sealed<'content'> }

const followUpSchema = new Schema<StoredFollowUp>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    kind: { type: String, enum: followUpKinds, required: true },
    rev: { type: Number, required: true },
    contactIds: [String],
    emailId: { type: String, default: null },
    meetingId: { type: String, default: null },
    byUserId: { type: String, required: true },
    ownerUserId: { type: String, default: null },
    dueOn: { type: String, default: null },
    doneAt: { type: Date, default: null },
    partyKeys: [String],
    at: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    sealed: { type: sealed, required: true },
  },
  { collection: 'followUps' },
)
followUpSchema.index({ workspaceId: 1, contactIds: 1, kind: 1, at: -1, _id: -1 }) // all of a contact
followUpSchema.index({ workspaceId: 1, emailId: 1 }) // what goes along with an e-mail
followUpSchema.index({ workspaceId: 1, meetingId: 1 })
followUpSchema.index({ workspaceId: 1, ownerUserId: 1, at: -1, _id: -1 }) // "my tasks"
followUpSchema.index({ workspaceId: 1, partyKeys: 1 }) // meetings with a person
followUpSchema.index(bySealedVersion)

export const followUpModel = (db: Connection) => db.model('FollowUp', followUpSchema)
