import { people } from '../../../../../sandbox/sign-in/directory.ts'
import { forAdmins, forMembers, forPane, forSome, forWorkspace, type Row } from '../row.ts'

const CONTACT = '/api/v1/contacts/{id}'
const NOTE = '/api/v1/notes/{id}'
const TASK = '/api/v1/tasks/{id}'
const PIPELINE = '/api/v1/pipeline'
const contact = { params: { id: 'contact' }, auditorGets: 403 } as const
const note = { params: { id: 'note' }, auditorGets: 403 } as const
const task = { params: { id: 'task' }, auditorGets: 403 } as const
/** There can be one who deletes it: test/webhook/follow-up. */
const nothing = { params: { id: 'email' }, auditorGets: 403 } as const
/** Whoever wrote it changes it; colleagues see it. */
const whoseNote = { alice: 200, bob: 403, admin: 403, auditor: 403 }

export const followUpRows: Row[] = [
  forWorkspace(`GET ${CONTACT}/notes`, 200, contact),
  forWorkspace(`POST ${CONTACT}/notes`, 201, { ...contact, body: { text: 'Call her.' } }),
  forSome(
    'GET /api/v1/emails/{id}/notes',
    { alice: 200, bob: 404, admin: 404, auditor: 403, 'carol of another tenant': 404, others: 401 },
    { params: { id: 'email' } },
  ),
  forWorkspace(`GET ${NOTE}`, 200, note),
  forSome(
    `PATCH ${NOTE}`,
    { ...whoseNote, 'carol of another tenant': 404, others: 401 },
    { params: { id: 'note' }, body: { text: 'Call her on Monday.' }, versionFrom: NOTE },
  ),
  forWorkspace(`DELETE ${NOTE}`, 404, { ...nothing, versionFrom: NOTE }),
  forMembers('GET /api/v1/tasks', 200),
  forWorkspace('POST /api/v1/tasks', 201, {
    body: ({ contact: contactId }) => ({ contactId, title: 'Call her' }),
    auditorGets: 403,
  }),
  forWorkspace(`GET ${TASK}`, 200, task),
  forWorkspace(`PATCH ${TASK}`, 200, { ...task, body: { title: 'Call them' }, versionFrom: TASK }),
  forWorkspace(`DELETE ${TASK}`, 404, { ...nothing, versionFrom: TASK }),
  forWorkspace(`GET ${CONTACT}/stage`, 200, contact),
  forWorkspace(`PUT ${CONTACT}/stage`, 200, {
    ...{ ...contact, body: { stageId: 'lead' }, versionFrom: `${CONTACT}/stage` },
  }),
  forWorkspace(`GET ${CONTACT}/meetings`, 200, contact),
  forMembers(`GET ${PIPELINE}`, 200),
  forAdmins(`PUT ${PIPELINE}`, 200, {
    ...{ body: { stages: [{ id: 'lead', name: 'Lead' }] }, versionFrom: PIPELINE },
  }),
]

/** What is of Alice’s workspace is as good as not there for the pane of another. */
const forPaneOfAlice = (status: number) => ({
  ...{ 'alice’s add-in': status, 'carol’s add-in': 404 },
  others: 401,
})
const meeting = {
  ...{ mailboxAddress: people.alice.mail, subject: 'Kick-off', organizer: null, attendees: [] },
  ...{ startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z' },
}

export const paneFollowUpRows: Row[] = [
  forSome('POST /api/v1/addin/notes', forPaneOfAlice(201), {
    body: ({ contact: id = '' }) => ({ contactIds: [id], text: 'Call her.' }),
  }),
  forSome('POST /api/v1/addin/tasks', forPaneOfAlice(201), {
    body: ({ contact: contactId }) => ({ contactId, title: 'Call her' }),
  }),
  forSome('POST /api/v1/addin/tasks/change', forPaneOfAlice(200), {
    body: ({ paneTask: id }) => ({ id, version: 1, done: true }),
  }),
  forSome('POST /api/v1/addin/stage', forPaneOfAlice(200), {
    body: ({ contact: contactId }) => ({ contactId, version: 0, stageId: 'talking' }),
  }),
  forPane('POST /api/v1/addin/meetings/look', 200, { body: meeting }),
  forSome('POST /api/v1/addin/meetings/log', forPaneOfAlice(200), {
    body: ({ contact: id = '' }) => ({ ...meeting, contactIds: [id] }),
  }),
]
