import {
  ChangeTask,
  ContactStage,
  MeetingPage,
  NewTask,
  Note,
  NotePage,
  Pipeline,
  SavePipeline,
  SetStage,
  Task,
  TaskPage,
  WriteNote,
} from '../../../../../models/wire/contacts/follow-up.ts'
import { Page } from '../../../routes/contacts/query.ts'
import { TaskQuery } from '../../../routes/contacts/follow-up.ts'
import type { Answered, Operation } from '../../operation.ts'

const at = '2026-11-20T09:00:00.000Z'
const alice = { userId: '3f8e7d3a-5c7b-4a3e-9b55-0d0f6c1b2a10', name: 'Alice' }
const CAROL = '9a1d2b44-8a0b-4f1c-8f07-6a1f3e1f9d20'
const lead = { id: 'lead', name: 'Lead' }

const note = {
  ...{ id: 'a-note', contactIds: [CAROL], emailId: null, meetingId: null },
  ...{ text: 'Wants 40 seats by March.', by: alice, version: 1, createdAt: at, updatedAt: at },
}
const task = {
  ...{ id: 'a-task', contactId: CAROL, title: 'Send the offer', dueOn: '2026-11-27' },
  ...{ owner: alice, by: alice, doneAt: null, version: 1, createdAt: at },
}
const stage = {
  ...{ contactId: CAROL, stage: lead, version: 1 },
  history: [{ stage: lead, at, by: alice }],
}
const pipeline = { stages: [lead, { id: 'customer', name: 'Customer' }], version: 1 }

const theNote: Answered = { about: 'As it is then.', json: { Note }, example: note }
const theTask: Answered = { about: 'As it is then.', json: { Task }, example: task }
const theStage: Answered = { about: 'As it is then.', json: { ContactStage }, example: stage }
const thePipeline: Answered = { about: 'As it is then.', json: { Pipeline }, example: pipeline }
const gone: Answered = { about: 'Deleted.' }

const of = (operation: Omit<Operation, 'tag' | 'access'> & Partial<Operation>): Operation => ({
  ...{ tag: 'Follow-ups', access: 'person' },
  ...operation,
})

const CONTACT = '/api/v1/contacts/{id}'

export const followUpOperations: Operation[] = [
  of({
    ...{ method: 'get', path: `${CONTACT}/notes`, id: 'listNotes', query: Page },
    summary: 'Notes about a contact, the newest first',
    answers: {
      200: {
        about: 'Those about e-mails as far as the caller may see the e-mail.',
        json: { NotePage },
        example: { notes: [note], nextCursor: null },
      },
    },
  }),
  of({
    ...{ method: 'post', path: `${CONTACT}/notes`, id: 'writeNote' },
    summary: 'Writes a note',
    body: { json: { WriteNote }, example: { text: note.text } },
    answers: { 201: theNote },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/emails/{id}/notes', id: 'listEmailNotes', query: Page },
    summary: 'Notes about an e-mail, the newest first',
    answers: {
      200: {
        about: 'One’s own, and with the e-mail in full all of them.',
        json: { NotePage },
        example: { notes: [note], nextCursor: null },
      },
    },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/notes/{id}', id: 'readNote' },
    summary: 'One note',
    answers: { 200: theNote },
  }),
  of({
    ...{ method: 'patch', path: '/api/v1/notes/{id}', id: 'changeNote', versioned: true },
    summary: 'Changes a note of one’s own',
    body: { json: { WriteNote }, example: { text: 'Wants 50 seats by March.' } },
    answers: { 200: theNote },
  }),
  of({
    ...{ method: 'delete', path: '/api/v1/notes/{id}', id: 'deleteNote', versioned: true },
    summary: 'Deletes a note of one’s own',
    answers: { 204: gone },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/tasks', id: 'listTasks', query: TaskQuery },
    summary: 'Tasks, the newest first; of one contact, one’s own, done or not',
    answers: {
      200: {
        about: 'Of the workspace.',
        json: { TaskPage },
        example: { tasks: [task], nextCursor: null },
      },
    },
  }),
  of({
    ...{ method: 'post', path: '/api/v1/tasks', id: 'createTask' },
    summary: 'Writes a task down, for oneself',
    body: {
      json: { NewTask },
      example: { contactId: CAROL, title: task.title, dueOn: task.dueOn },
    },
    answers: { 201: theTask },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/tasks/{id}', id: 'readTask' },
    summary: 'One task',
    answers: { 200: theTask },
  }),
  of({
    ...{ method: 'patch', path: '/api/v1/tasks/{id}', id: 'changeTask', versioned: true },
    summary: 'Changes a task: done, or another title, day or owner',
    body: { json: { ChangeTask }, example: { done: true } },
    answers: { 200: theTask },
  }),
  of({
    ...{ method: 'delete', path: '/api/v1/tasks/{id}', id: 'deleteTask', versioned: true },
    summary: 'Deletes a task',
    answers: { 204: gone },
  }),
  of({
    ...{ method: 'get', path: `${CONTACT}/stage`, id: 'readStage' },
    summary: 'Where a contact stands, and how it came there',
    answers: { 200: theStage },
  }),
  of({
    ...{ method: 'put', path: `${CONTACT}/stage`, id: 'setStage', versioned: true },
    summary: 'Moves a contact to another stage',
    body: { json: { SetStage }, example: { stageId: 'lead' } },
    answers: { 200: theStage },
  }),
  of({
    ...{ method: 'get', path: `${CONTACT}/meetings`, id: 'listMeetings', query: Page },
    summary: 'Logged meetings of a contact, the latest first',
    answers: {
      200: {
        about: 'With who logged them, and the notes.',
        json: { MeetingPage },
        example: { meetings: [], nextCursor: null },
      },
    },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/pipeline', id: 'readPipeline' },
    summary: 'The stages that a contact can be at',
    answers: { 200: thePipeline },
  }),
  of({
    ...{ method: 'put', path: '/api/v1/pipeline', id: 'savePipeline', versioned: true },
    ...{ access: 'admin', summary: 'Saves the stages' },
    body: { json: { SavePipeline }, example: { stages: pipeline.stages } },
    answers: { 200: thePipeline },
  }),
]
