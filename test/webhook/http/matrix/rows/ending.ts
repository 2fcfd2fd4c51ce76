import { forAdmins, forAuditors, forOwnerAndAdmins, type Row } from '../row.ts'

// What really ends something, test/webhook/ending tells: the other rows need their mailbox and their workspace.
export const endingRows: Row[] = [
  forOwnerAndAdmins('DELETE /api/v1/mailboxes/{id}', 400, {
    ...{ params: { id: 'mailbox' }, query: '?mail=neither' },
  }),
  forAuditors('GET /api/v1/rules/retention', 200),
  forAdmins('POST /api/v1/rules/dry-run', 200, { body: { retentionDays: 30 } }),
  forAdmins('GET /api/v1/workspace/end', 200),
  forAdmins('POST /api/v1/workspace/end', 400, { body: { workspaceId: 'not-mine' } }),
]
