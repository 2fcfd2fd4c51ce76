import {
  Choice,
  ChoiceRequest,
  Compose,
  ComposeRequest,
} from '../../../../../models/wire/pane/compose.ts'
import type { Operation } from '../../operation.ts'

const id = '7d0f8b7e-4c55-4f0a-9a1e-0c5a4b0f6d21'
const mailboxAddress = 'alice@contoso.example'
const carol = { name: 'Carol', address: 'carol@customer.example' }
const choice = { log: true, track: false, copied: false }

const of = (operation: Omit<Operation, 'tag' | 'access' | 'method'>): Operation => ({
  ...{ tag: 'Add-in', access: 'pane', method: 'post', ...operation },
})

export const composeOperations: Operation[] = [
  of({
    ...{ path: '/api/v1/addin/compose', id: 'lookAtDraft' },
    summary: 'Everything the pane shows beside a message that is being written',
    body: {
      json: { ComposeRequest },
      example: {
        ...{ mailboxAddress, to: [carol], cc: [], bcc: [] },
        ...{ categories: [], sensitivity: null, choiceId: null },
      },
    },
    answers: {
      200: {
        about: 'Whom it is to, whether it will be logged, and what was chosen for it.',
        json: { Compose },
        example: {
          ...{
            mailbox: 'connected',
            sent: 'watched',
            contacts: [],
            strangers: [carol],
            forecast: null,
          },
          ...{ choice: null, dropBox: null },
        },
      },
    },
  }),
  of({
    ...{ path: '/api/v1/addin/compose/choice', id: 'chooseForSending' },
    summary: 'What becomes of the message once it is sent',
    body: { json: { ChoiceRequest }, example: { id, mailboxAddress, ...choice } },
    answers: {
      200: { about: 'Saved. The message carries the id.', json: { Choice }, example: choice },
    },
  }),
]
