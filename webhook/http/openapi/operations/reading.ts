import { EmailDetail, ReadState } from '../../../../models/wire/email-detail.ts'
import { EmailExplanation } from '../../../../models/wire/explain.ts'
import { EmailBodyQuery } from '../../routes/reading.ts'
import type { Operation } from '../operation.ts'

export const readingOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/emails/{id}', id: 'getEmail', tag: 'E-mails' },
    ...{ access: 'person', summary: 'One e-mail, without its body' },
    answers: { 200: { about: 'As this person may see it.', json: { EmailDetail } } },
  },
  {
    ...{ method: 'get', path: '/api/v1/emails/{id}/body', id: 'getEmailBody', tag: 'E-mails' },
    ...{ access: 'person', summary: 'Its body, cleaned, as a page for a sandboxed frame' },
    query: EmailBodyQuery,
    answers: {
      200: {
        about:
          'With `remote=show`, pictures from elsewhere are in it; without, `data-blocked-remote` of the root says how many were left out. The view is in the audit log.',
        type: 'text/html',
      },
    },
  },
  {
    ...{ method: 'put', path: '/api/v1/emails/{id}/read-state', id: 'markEmail', tag: 'E-mails' },
    ...{ access: 'person', summary: 'Whether one’s own copy is read' },
    body: { json: { ReadState }, example: { isRead: true } },
    answers: {
      200: {
        about:
          'Shown here at once, and in Outlook some moments later. 400 where the mailbox does not take it from FlowCRM (direction `one-way`).',
        json: { ReadState },
        example: { isRead: true },
      },
    },
  },
  {
    ...{ method: 'post', path: '/api/v1/emails/{id}/explain', id: 'explainEmail', tag: 'Proof' },
    ...{ access: 'person', summary: 'Why an e-mail is here' },
    answers: {
      200: {
        about: 'In each mailbox that has it and that this person may ask about, their own first.',
        json: { EmailExplanation },
        example: {
          stories: [
            {
              mailbox: { id: 'GXQlJ0wL8qQnXzX0bq3m9vYt2Aa', address: 'alice@contoso.example' },
              explanation: {
                ...{ at: '2026-11-20T09:00:00.000Z', answer: 'not-in-mailbox' },
                ...{ summary: 'Microsoft 365 has no such message.', trouble: null },
                ...{ accounts: [], found: [], more: false },
              },
            },
          ],
          more: false,
        },
      },
    },
  },
]
