import { ThreadPage } from '../../../../models/wire/email.ts'
import { Page } from '../../routes/contacts/query.ts'
import type { Operation } from '../operation.ts'

export const threadOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/threads/{id}', id: 'getThread', tag: 'E-mails' },
    ...{ access: 'person', summary: 'The e-mails of a conversation, oldest first', query: Page },
    answers: {
      200: {
        about: 'Those that this person may see, and as much of each as its owners share.',
        json: { ThreadPage },
        example: { id: 'q3Zk0n1f5mD8sYx2vB7cR4', emails: [], nextCursor: null, total: 1 },
      },
    },
  },
]
