import { forOwnerAndAdmins, forSessions, type Row } from '../row.ts'

const mailbox = { params: { id: 'mailbox' } } as const

export const diagnosticsRows: Row[] = [
  forSessions('GET /api/v1/health/findings', 200),
  forOwnerAndAdmins('POST /api/v1/mailboxes/{id}/test', 200, mailbox),
  forOwnerAndAdmins('GET /api/v1/mailboxes/{id}/health', 200, mailbox),
  forOwnerAndAdmins('GET /api/v1/mailboxes/{id}/activity', 200, mailbox),
  forOwnerAndAdmins('GET /api/v1/mailboxes/{id}/support-bundle', 200, mailbox),
]
