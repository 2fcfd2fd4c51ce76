import { EmailPage } from '../../../../models/wire/email.ts'
import {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../../../models/wire/log-email.ts'
import { EmailPageQuery } from '../../routes/emails.ts'
import type { Operation } from '../operation.ts'

const open = {
  internetMessageId: '<one@customer.example>',
  mailboxAddress: 'alice@contoso.example',
}

export const emailOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/emails', id: 'listEmails', tag: 'E-mails' },
    ...{ access: 'person', summary: 'E-mails, newest first' },
    query: EmailPageQuery,
    answers: {
      200: {
        about: 'Own ones, and of colleagues’ what they share.',
        json: { EmailPage },
        example: { emails: [], nextCursor: null, total: 0 },
      },
    },
  },
  {
    ...{ method: 'get', path: '/api/v1/events', id: 'followEvents', tag: 'E-mails' },
    ...{ access: 'person', summary: 'What happens while one looks' },
    answers: { 200: { about: 'Server-sent events, without end.', type: 'text/event-stream' } },
  },
  {
    ...{ method: 'post', path: '/api/v1/emails/status', id: 'getEmailStatus', tag: 'Add-in' },
    ...{ access: 'pane', summary: 'Whether the CRM has the open message' },
    body: { json: { EmailStatusRequest }, example: open },
    answers: {
      200: {
        about: 'It has, or has not.',
        json: { EmailStatus },
        example: { state: 'not-logged' },
      },
    },
  },
  {
    ...{ method: 'post', path: '/api/v1/emails/log', id: 'logEmail', tag: 'Add-in' },
    ...{ access: 'pane', summary: 'Logs the open message by hand; repeating it changes nothing' },
    body: {
      json: { LogEmailRequest },
      example: {
        ...open,
        ...{ subject: 'Offer', from: { name: 'Carol', address: 'carol@customer.example' } },
        ...{ to: [{ name: 'Alice', address: 'alice@contoso.example' }], cc: [] },
        ...{ sentAt: '2026-11-20T08:59:30Z', bodyHtml: '<p>Good morning.</p>' },
      },
    },
    answers: { 200: { about: 'Stored.', json: { EmailStatus } } },
  },
]
