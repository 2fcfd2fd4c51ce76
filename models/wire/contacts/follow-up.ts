import { z } from 'zod'
import { Party } from '../email.ts'

const id = z.string().min(1).max(64)
const line = z.string().trim().min(1).max(200)
const who = z.object({ userId: z.string(), name: z.string() })

/** Longest note; more belongs into a document. */
export const MOST_NOTE_CHARS = 4_000
export const NoteText = z.string().trim().min(1).max(MOST_NOTE_CHARS)

/** Contacts that something is about at once. */
export const MOST_CONTACTS = 20

/** What a person wrote about contacts, an e-mail or a meeting. */
export const Note = z.object({
  id: z.string(),
  contactIds: z.array(z.string()),
  /** Who may not see that e-mail in full, sees no note about it but their own. */
  emailId: z.string().nullable(),
  meetingId: z.string().nullable(),
  text: z.string(),
  by: who,
  /** For `If-Match`. */
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Note = z.infer<typeof Note>

/** `GET /api/v1/contacts/{id}/notes?limit=&cursor=`, the newest first. */
export const NotePage = z.object({ notes: z.array(Note), nextCursor: z.string().nullable() })
export type NotePage = z.infer<typeof NotePage>

/** `POST /api/v1/contacts/{id}/notes`; `PATCH /api/v1/notes/{id}`, by whoever wrote it. */
export const WriteNote = z.strictObject({ text: NoteText })
export type WriteNote = z.infer<typeof WriteNote>

/** Something to be done for a contact. */
export const Task = z.object({
  id: z.string(),
  contactId: z.string(),
  title: z.string(),
  /** A day of the calendar, in its reader's own zone; null: some day. */
  dueOn: z.iso.date().nullable(),
  owner: who,
  by: who,
  doneAt: z.iso.datetime().nullable(),
  /** For `If-Match`. */
  version: z.int(),
  createdAt: z.iso.datetime(),
})
export type Task = z.infer<typeof Task>

/** `GET /api/v1/tasks?contact=&mine=&done=&limit=&cursor=`, the newest first. */
export const TaskPage = z.object({ tasks: z.array(Task), nextCursor: z.string().nullable() })
export type TaskPage = z.infer<typeof TaskPage>

/** `POST /api/v1/tasks`: whoever writes it down is to do it, until somebody takes it over. */
export const NewTask = z.strictObject({
  contactId: id,
  title: line,
  dueOn: z.iso.date().nullable().default(null),
})
export type NewTask = z.infer<typeof NewTask>

/** `PATCH /api/v1/tasks/{id}`: only what is named changes. */
export const ChangeTask = z.strictObject({
  title: line.optional(),
  dueOn: z.iso.date().nullable().optional(),
  done: z.boolean().optional(),
  /** Whoever asks is to do it from now on. */
  takeOver: z.literal(true).optional(),
})
export type ChangeTask = z.infer<typeof ChangeTask>

export const PipelineStage = z.strictObject({ id, name: line })
export type PipelineStage = z.infer<typeof PipelineStage>

const stages = z.array(PipelineStage).min(1).max(20)

/** `GET /api/v1/pipeline`: the stages that a contact can be at, in their order. */
export const Pipeline = z.object({ stages, version: z.int() })
export type Pipeline = z.infer<typeof Pipeline>

/** `PUT /api/v1/pipeline`, by an admin. A stage that is left out stays in histories, by its name. */
export const SavePipeline = z
  .strictObject({ stages })
  .refine((one) => new Set(one.stages.map((stage) => stage.id)).size === one.stages.length, {
    path: ['stages'],
    message: 'each stage needs an id of its own',
  })
export type SavePipeline = z.infer<typeof SavePipeline>

/** Where a contact stands, and how it came there. `GET /api/v1/contacts/{id}/stage`. */
export const ContactStage = z.object({
  contactId: z.string(),
  /** Null: at none. */
  stage: PipelineStage.nullable(),
  /** The newest first. */
  history: z.array(z.object({ stage: PipelineStage.nullable(), at: z.iso.datetime(), by: who })),
  /** For `If-Match`; 0 where there never was one. */
  version: z.int(),
})
export type ContactStage = z.infer<typeof ContactStage>

/** `PUT /api/v1/contacts/{id}/stage` */
export const SetStage = z.strictObject({ stageId: id.nullable() })
export type SetStage = z.infer<typeof SetStage>

/** A meeting as it was logged. */
export const Meeting = z.object({
  id: z.string(),
  subject: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  organizer: Party.nullable(),
  attendees: z.array(Party),
  contactIds: z.array(z.string()),
  /** The first one first. */
  loggedBy: z.array(who.extend({ at: z.iso.datetime() })),
  notes: z.array(Note),
})
export type Meeting = z.infer<typeof Meeting>

/** `GET /api/v1/contacts/{id}/meetings?limit=&cursor=`, the latest first. */
export const MeetingPage = z.object({
  meetings: z.array(Meeting),
  nextCursor: z.string().nullable(),
})
export type MeetingPage = z.infer<typeof MeetingPage>
