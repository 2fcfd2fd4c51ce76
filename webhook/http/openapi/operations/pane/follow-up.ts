import {
  ContactStage,
  Meeting,
  NewTask,
  Note,
  Task,
} from '../../../../../models/wire/contacts/follow-up.ts'
import {
  LogMeetingRequest,
  MeetingLook,
  MeetingLookRequest,
  PaneNote,
  PaneStage,
  PaneTaskChange,
} from '../../../../../models/wire/pane/follow-up.ts'
import type { Operation } from '../../operation.ts'

const of = (
  operation: Omit<Operation, 'tag' | 'access' | 'method' | 'path'> & { at: string },
): Operation => {
  const { at, ...rest } = operation
  return { tag: 'Add-in', access: 'pane', method: 'post', path: `/api/v1/addin/${at}`, ...rest }
}

const carol = { name: 'Carol', address: 'carol@customer.example' }
const meeting = {
  ...{ mailboxAddress: 'alice@contoso.example', subject: 'Kick-off', organizer: carol },
  ...{ startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z', attendees: [] },
}

export const paneFollowUpOperations: Operation[] = [
  of({
    ...{ at: 'notes', id: 'writeNoteFromPane', summary: 'Writes a note about contacts' },
    body: {
      json: { PaneNote },
      example: { contactIds: ['a-contact'], text: 'Call her on Monday.' },
    },
    answers: { 201: { about: 'The note.', json: { Note } } },
  }),
  of({
    ...{ at: 'tasks', id: 'createTaskFromPane', summary: 'Writes a task down' },
    body: {
      json: { NewTask },
      example: { contactId: 'a-contact', title: 'Send the offer', dueOn: '2026-11-27' },
    },
    answers: { 201: { about: 'The task.', json: { Task } } },
  }),
  of({
    ...{ at: 'tasks/change', id: 'changeTaskFromPane', summary: 'Changes a task' },
    body: { json: { PaneTaskChange }, example: { id: 'a-task', version: 1, done: true } },
    answers: { 200: { about: 'As it is then.', json: { Task } } },
  }),
  of({
    ...{ at: 'stage', id: 'setStageFromPane', summary: 'Moves a contact to another stage' },
    body: {
      json: { PaneStage },
      example: { contactId: 'a-contact', version: 0, stageId: 'lead' },
    },
    answers: { 200: { about: 'Where it stands then.', json: { ContactStage } } },
  }),
  of({
    ...{ at: 'meetings/look', id: 'lookAtMeeting', summary: 'Who is in the open meeting' },
    body: { json: { MeetingLookRequest }, example: meeting },
    answers: { 200: { about: 'Its people, and whether it is logged.', json: { MeetingLook } } },
  }),
  of({
    ...{ at: 'meetings/log', id: 'logMeeting', summary: 'Logs the open meeting' },
    body: {
      json: { LogMeetingRequest },
      example: { ...meeting, contactIds: ['a-contact'], note: 'Agreed on March.' },
    },
    answers: { 200: { about: 'As it is logged.', json: { Meeting } } },
  }),
]
