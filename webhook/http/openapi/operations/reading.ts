import { EmailDetail } from '../../../../models/wire/email-detail.ts'
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
]
