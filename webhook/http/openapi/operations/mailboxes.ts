import { Explanation, ExplainQuestionShape } from '../../../../models/wire/explain.ts'
import {
  ChangeSettings,
  ChooseFolders,
  ConnectAppMailbox,
  FolderChoices,
  Mailbox,
  MailboxList,
} from '../../../../models/wire/mailbox.ts'
import { SignedStatement } from '../../../../models/wire/statement.ts'
import type { Answered, Operation } from '../operation.ts'

const mailbox = {
  ...{ id: 'GXQlJ0wL8qQnXzX0bq3m9vYt2Aa', address: 'alice@contoso.example', displayName: 'Alice' },
  ...{ authMode: 'delegated', status: 'connected', trouble: null, paused: null },
  settings: { pollEveryMinutes: null, windowDays: 90, sharing: 'private' },
  light: { colour: 'green', sentence: 'Complete: compared with the mailbox, message by message.' },
  folders: [],
}
const theMailbox: Answered = { about: 'As it is then.', json: { Mailbox }, example: mailbox }

const one = (
  operation: Pick<Operation, 'method' | 'id' | 'summary' | 'answers'> &
    Partial<Operation> & { of: string },
): Operation => {
  const { of, ...rest } = operation
  return { path: `/api/v1/mailboxes/{id}${of}`, tag: 'Mailboxes', access: 'person', ...rest }
}

export const mailboxOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/mailboxes', id: 'listMailboxes', tag: 'Mailboxes' },
    ...{ access: 'person', summary: 'Own mailboxes; for administrators all of the workspace' },
    answers: {
      200: {
        about: 'With their lights.',
        json: { MailboxList },
        example: { mailboxes: [mailbox] },
      },
    },
  },
  {
    ...{ method: 'post', path: '/api/v1/mailboxes', id: 'connectMailbox', tag: 'Mailboxes' },
    ...{ access: 'admin', summary: 'Connects a mailbox with the app’s own permission' },
    body: { json: { ConnectAppMailbox }, example: { address: 'sales@contoso.example' } },
    answers: { 201: { ...theMailbox, about: 'Connected.' } },
  },
  one({
    ...{ method: 'get', of: '/folders', id: 'listFolders', summary: 'Folders to choose from' },
    answers: {
      200: {
        about: 'The tree in reading order, as Microsoft 365 has it now.',
        json: { FolderChoices },
        example: {
          folders: [
            {
              ...{ id: 'AAMkAGI2=', displayName: 'Inbox', depth: 0, totalItemCount: 42 },
              ...{ hidden: false, deleted: false, watched: true, suggested: true },
            },
          ],
        },
      },
    },
  }),
  one({
    ...{ method: 'put', of: '/folders', id: 'chooseFolders', summary: 'Watches exactly these' },
    body: { json: { ChooseFolders }, example: { watched: ['AAMkAGI2='] } },
    answers: { 200: theMailbox },
  }),
  one({
    ...{ method: 'patch', of: '/settings', id: 'changeMailbox', summary: 'Changes what is named' },
    body: { json: { ChangeSettings }, example: { windowDays: 365 } },
    answers: { 200: theMailbox },
  }),
  one({
    ...{ method: 'post', of: '/pause', id: 'pauseMailbox', summary: 'Reads nothing until resumed' },
    answers: { 200: theMailbox },
  }),
  one({
    ...{ method: 'post', of: '/resume', id: 'resumeMailbox', summary: 'Goes on where it stopped' },
    answers: { 200: theMailbox },
  }),
  one({
    ...{ method: 'post', of: '/sync', id: 'syncMailbox', summary: 'Asks every folder now' },
    answers: { 200: theMailbox },
  }),
  one({
    ...{ method: 'post', of: '/reconcile', id: 'reconcileMailbox' },
    summary: 'Compares every folder with the mailbox now',
    answers: { 200: theMailbox },
  }),
  one({
    ...{ method: 'get', of: '/statement', id: 'getStatement', tag: 'Proof' },
    summary: 'The signed account of completeness',
    answers: {
      200: {
        about: 'Signed; anybody with the public key can check it.',
        json: { SignedStatement },
      },
    },
  }),
  one({
    ...{ method: 'post', of: '/explain', id: 'explainMessage', tag: 'Proof' },
    summary: 'Why a message is here, or is not',
    body: {
      json: { ExplainQuestion: ExplainQuestionShape },
      example: { internetMessageId: '<one@customer.example>' },
    },
    answers: {
      200: {
        about: 'What the ledger says of it, or where it lies.',
        json: { Explanation },
        example: {
          ...{ at: '2026-11-20T09:00:00.000Z', answer: 'not-in-mailbox' },
          ...{ summary: 'Microsoft 365 has no such message.', trouble: null },
          ...{ accounts: [], found: [], more: false },
        },
      },
    },
  }),
]
