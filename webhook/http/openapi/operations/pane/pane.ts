import { Contact, ContactPage, NewContact } from '../../../../../models/wire/contacts/contact.ts'
import { EmailMatches, PinRequest } from '../../../../../models/wire/contacts/upkeep.ts'
import { Explanation } from '../../../../../models/wire/explain.ts'
import { EmailStatusRequest } from '../../../../../models/wire/log-email.ts'
import { KeepOutRequest, KeptOut } from '../../../../../models/wire/pane/keep-out.ts'
import {
  AddAddress,
  ContactSearch,
  Look,
  LookRequest,
} from '../../../../../models/wire/pane/look.ts'
import type { Operation } from '../../operation.ts'

const open = {
  internetMessageId: '<one@customer.example>',
  mailboxAddress: 'alice@contoso.example',
}
const carol = { name: 'Carol', address: 'carol@customer.example' }

const of = (operation: Omit<Operation, 'tag' | 'access' | 'method'>): Operation => ({
  ...{ tag: 'Add-in', access: 'pane', method: 'post', ...operation },
})

export const paneOperations: Operation[] = [
  of({
    ...{ path: '/api/v1/addin/look', id: 'lookAtMessage' },
    summary: 'Everything the pane shows of the open message',
    body: {
      json: { LookRequest },
      example: { ...open, from: carol, to: [], cc: [] },
    },
    answers: {
      200: {
        about: 'What became of it, its people, other e-mails with them, and the conversation.',
        json: { Look },
        example: {
          message: { state: 'not-logged' },
          ...{ mailbox: 'not-connected', keptOut: null },
          ...{ contacts: [], strangers: [carol], recent: null, thread: null },
          followUps: { tasks: [], notes: [], stages: [], pipeline: [] },
        },
      },
    },
  }),
  of({
    ...{ path: '/api/v1/addin/conversation', id: 'keepConversationOut' },
    summary: 'Keeps the conversation of the open message out of the CRM, or lets it in again',
    body: { json: { KeepOutRequest }, example: { ...open, keepOut: true } },
    answers: {
      200: {
        about: 'A rule of the mailbox by now; so many messages are decided anew.',
        json: { KeptOut },
        example: { keptOut: true, concerned: 4 },
      },
    },
  }),
  of({
    ...{ path: '/api/v1/addin/explain', id: 'explainOpenMessage' },
    summary: 'Why the open message is here, or is not',
    body: { json: { EmailStatusRequest }, example: open },
    answers: { 200: { about: 'From the ledger, or from the mailbox.', json: { Explanation } } },
  }),
  of({
    ...{ path: '/api/v1/addin/contacts/search', id: 'searchContactsFromPane' },
    summary: 'Contacts by name or address, before one is created',
    body: { json: { ContactSearch }, example: { q: carol.address } },
    answers: {
      200: {
        about: 'Five at most, the newest first.',
        json: { ContactPage },
        example: { contacts: [], nextCursor: null },
      },
    },
  }),
  of({
    ...{ path: '/api/v1/addin/contacts', id: 'createContactFromPane' },
    summary: 'Creates a contact',
    body: { json: { NewContact }, example: { name: 'Carol', addresses: [carol.address] } },
    answers: { 201: { about: 'Created. Its mail is matched.', json: { Contact } } },
  }),
  of({
    ...{ path: '/api/v1/addin/contacts/addresses', id: 'addContactAddress' },
    summary: 'One more address of a contact',
    body: { json: { AddAddress }, example: { contactId: 'a-contact', address: carol.address } },
    answers: { 200: { about: 'The contact as it is then.', json: { Contact } } },
  }),
  of({
    ...{ path: '/api/v1/addin/pins', id: 'pinFromPane' },
    summary: 'This e-mail and its thread belong to this contact, or do not',
    body: {
      json: { PinRequest },
      example: { emailId: 'an-e-mail', contactId: 'a-contact', belongs: false },
    },
    answers: { 200: { about: 'Whom the e-mail belongs to then.', json: { EmailMatches } } },
  }),
]
