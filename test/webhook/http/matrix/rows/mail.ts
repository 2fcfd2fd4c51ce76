import { people } from '../../../../../sandbox/sign-in/directory.ts'
import { forOwner, forOwnerAndAdmins, forPane, forSessions, forSome, type Row } from '../row.ts'

const mailbox = { params: { id: 'mailbox' } } as const
const email = { params: { id: 'email' } } as const
// Alice's e-mail has none; who has one, and whose it is, test/webhook/attachments tells.
const noAttachment = { params: { id: 'email', attachmentId: 'email', contentId: 'email' } } as const
const open = { itemId: 'nobody-has-this', mailboxAddress: people.alice.mail }

export const mailRows: Row[] = [
  forSessions('GET /api/v1/mailboxes', 200),
  // Fabrikam has not let FlowCRM in: its administrator must agree first.
  forSome(
    'POST /api/v1/mailboxes',
    { alice: 403, bob: 403, auditor: 403, admin: 201, 'carol of another tenant': 403, others: 401 },
    { body: { address: people.sales.mail } },
  ),
  forOwnerAndAdmins('GET /api/v1/mailboxes/{id}/folders', 200, mailbox),
  forOwnerAndAdmins('PUT /api/v1/mailboxes/{id}/folders', 200, {
    ...mailbox,
    body: ({ inbox }) => ({ watched: [inbox] }),
  }),
  forOwnerAndAdmins('PATCH /api/v1/mailboxes/{id}/settings', 200, {
    ...mailbox,
    body: { windowDays: null },
  }),
  forOwnerAndAdmins('POST /api/v1/mailboxes/{id}/pause', 200, mailbox),
  forOwnerAndAdmins('POST /api/v1/mailboxes/{id}/resume', 200, mailbox),
  forOwnerAndAdmins('POST /api/v1/mailboxes/{id}/sync', 200, mailbox),
  forOwnerAndAdmins('POST /api/v1/mailboxes/{id}/reconcile', 200, mailbox),
  forOwnerAndAdmins('GET /api/v1/mailboxes/{id}/statement', 200, mailbox),
  forOwnerAndAdmins('POST /api/v1/mailboxes/{id}/explain', 200, {
    ...mailbox,
    body: { internetMessageId: '<nobody@has.this>' },
  }),

  forSessions('GET /api/v1/emails', 200),
  forOwner('GET /api/v1/emails/{id}', 200, email),
  forOwner('GET /api/v1/emails/{id}/body', 200, email),
  forOwner('GET /api/v1/emails/{id}/attachments', 200, email),
  forOwner('POST /api/v1/emails/{id}/explain', 200, email),
  forOwner('PUT /api/v1/emails/{id}/read-state', 400, { ...email, body: { isRead: true } }), // one-way
  forSessions('GET /api/v1/emails/{id}/attachments/{attachmentId}', 404, noAttachment),
  forSessions('GET /api/v1/emails/{id}/inline/{contentId}', 404, noAttachment),
  forOwner('GET /api/v1/threads/{id}', 200, { params: { id: 'thread' } }),
  forPane('POST /api/v1/emails/status', 200, { body: open }),
  forPane('POST /api/v1/emails/log', 200, {
    body: {
      ...open,
      ...{ subject: 'By hand', from: null, to: [], cc: [], sentAt: null, bodyHtml: '<p>Hi</p>' },
    },
  }),
]
