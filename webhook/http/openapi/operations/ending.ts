import {
  DisconnectQuery,
  EndWorkspace,
  Retention,
  RetentionPreview,
  RetentionQuestion,
  WorkspaceEnd,
} from '../../../../models/wire/ending/ending.ts'
import { Mailbox } from '../../../../models/wire/mailbox.ts'
import type { Operation } from '../operation.ts'

const workspaceId = '11111111-1111-4111-8111-111111111111'
const alive = {
  ...{ workspaceId, state: 'alive', at: null, endedAt: null, deleted: 0, keysDestroyed: 0 },
  counts: [{ of: 'emails', documents: 42 }],
}

const keptForEver = {
  ...{ version: 0, savedAt: null, byName: null, retentionDays: null, whenGone: 'keep' },
}

export const endingOperations: Operation[] = [
  {
    ...{ method: 'delete', path: '/api/v1/mailboxes/{id}', id: 'disconnectMailbox' },
    ...{ tag: 'Mailboxes', access: 'person', summary: 'Disconnects a mailbox' },
    query: DisconnectQuery,
    answers: {
      200: {
        about: 'Nothing is asked for it any more; it leaves the list when all is put away.',
        json: { Mailbox },
      },
    },
  },
  {
    ...{ method: 'get', path: '/api/v1/rules/retention', id: 'getRetention', tag: 'Rules' },
    ...{ access: 'auditor', summary: 'How long mail is kept' },
    answers: { 200: { about: 'As it is now.', json: { Retention }, example: keptForEver } },
  },
  {
    ...{ method: 'post', path: '/api/v1/rules/dry-run', id: 'tryRetention', tag: 'Rules' },
    ...{ access: 'admin', summary: 'What keeping mail for so many days would remove now' },
    body: { json: { RetentionQuestion }, example: { retentionDays: 365 } },
    answers: {
      200: {
        about: 'What would go; nothing has.',
        json: { RetentionPreview },
        example: { retentionDays: 365, before: '2025-11-20T09:00:00.000Z', emails: 7, of: 42 },
      },
    },
  },
  {
    ...{ method: 'get', path: '/api/v1/workspace/end', id: 'getWorkspaceEnd', tag: 'Workspace' },
    ...{ access: 'admin', summary: 'What would be deleted with the workspace' },
    answers: { 200: { about: 'As it is now.', json: { WorkspaceEnd }, example: alive } },
  },
  {
    ...{ method: 'post', path: '/api/v1/workspace/end', id: 'endWorkspace', tag: 'Workspace' },
    ...{ access: 'admin', summary: 'Ends the workspace and deletes all it has, for good' },
    body: { json: { EndWorkspace }, example: { workspaceId } },
    answers: { 202: { about: 'Begun; everybody is signed out.', json: { WorkspaceEnd } } },
  },
]
