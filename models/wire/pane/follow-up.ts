import { z } from 'zod'
import { Party } from '../email.ts'
import {
  ChangeTask,
  Meeting,
  MOST_CONTACTS,
  MOST_NOTE_CHARS,
  NoteText,
  SetStage,
} from '../contacts/follow-up.ts'
import { LookContact } from './look.ts'

const id = z.string().min(1).max(64)
const version = z.int().min(0)

/** `POST /api/v1/addin/notes`: about contacts, and the e-mail that is open, if it is in the CRM. */
export const PaneNote = z.strictObject({
  contactIds: z.array(id).min(1).max(MOST_CONTACTS),
  emailId: id.nullable().default(null),
  text: NoteText,
})
export type PaneNote = z.infer<typeof PaneNote>

/** `POST /api/v1/addin/tasks/change` */
export const PaneTaskChange = z.strictObject({ id, version, ...ChangeTask.shape })
export type PaneTaskChange = z.infer<typeof PaneTaskChange>

/** `POST /api/v1/addin/stage` */
export const PaneStage = z.strictObject({ contactId: id, version, ...SetStage.shape })
export type PaneStage = z.infer<typeof PaneStage>

/** As Outlook tells of it. Office.js has no id that all its people share (outlook-addin 2.2), other callers may. */
const OpenMeeting = {
  mailboxAddress: z.email(),
  iCalUId: z.string().min(1).max(1_024).optional(),
  subject: z.string().max(4_000),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  organizer: Party.nullable(),
  attendees: z.array(Party).max(1_000),
}

/** `POST /api/v1/addin/meetings/look` */
export const MeetingLookRequest = z.strictObject(OpenMeeting)
export type MeetingLookRequest = z.infer<typeof MeetingLookRequest>

export const MeetingLook = z.object({
  /** As it was logged, by this person or for a contact; null: it is not. */
  logged: Meeting.nullable(),
  contacts: z.array(LookContact),
  strangers: z.array(Party),
})
export type MeetingLook = z.infer<typeof MeetingLook>

/** `POST /api/v1/addin/meetings/log`. Repeating it changes nothing; further contacts are added. */
export const LogMeetingRequest = z.strictObject({
  ...OpenMeeting,
  contactIds: z.array(id).max(MOST_CONTACTS),
  note: z.string().trim().max(MOST_NOTE_CHARS).default(''),
})
export type LogMeetingRequest = z.infer<typeof LogMeetingRequest>
