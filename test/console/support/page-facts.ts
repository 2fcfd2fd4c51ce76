import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Note, Task } from '../../../models/wire/contacts/follow-up.ts'
import type { AccountStory, Explanation } from '../../../models/wire/explain.ts'
import type { SignedStatement } from '../../../models/wire/statement.ts'

const at = '2026-11-20T09:00:00.000Z'
const alice = { userId: 'u-alice', name: 'Alice Ashdown' }

export const aContact = (over: Partial<Contact> = {}): Contact => ({
  ...{ id: 'c-carol', name: 'Carol Jones', jobTitle: 'Buyer', phone: '', company: null },
  addresses: [{ address: 'carol@customer.test', formerSince: null }],
  ...{ mergedInto: null, version: 3, createdAt: at, updatedAt: at },
  ...over,
})

export const aTask = (over: Partial<Task> = {}): Task => ({
  ...{ id: 't-1', contactId: 'c-carol', title: 'Send the offer', dueOn: null, owner: alice },
  ...{ by: alice, doneAt: null, version: 7, createdAt: at },
  ...over,
})

export const aNote = (over: Partial<Note> = {}): Note => ({
  ...{ id: 'n-1', contactIds: ['c-carol'], emailId: null, meetingId: null, by: alice },
  ...{ text: 'Wants 40 seats.', version: 2, createdAt: at, updatedAt: at },
  ...over,
})

export const anAccount = (over: Partial<AccountStory> = {}): AccountStory => ({
  ...{ messageId: 'm-1', state: 'stored', reason: 'new', help: 'docs/reasons.md#new' },
  ...{ sentence: 'Stored as a new e-mail.', change: 'Nothing has to change.', who: 'nobody' },
  ...{ retries: false, retryAt: null, attempts: 0, ruleVersion: 3, receivedAt: at, seenAt: at },
  ...{ decidedAt: at, delay: null, folder: { name: 'Inbox', watched: true }, emailId: 'e-1' },
  subject: 'Offer',
  history: [
    { at, sentence: 'FlowCRM learnt of it by a notification from Microsoft 365 in Inbox.' },
    { at, sentence: 'It was written to the CRM.' },
  ],
  ...over,
})

export const anExplanation = (over: Partial<Explanation> = {}): Explanation => ({
  ...{ at, answer: 'accounted', summary: 'Stored as a new e-mail.', trouble: null, found: [] },
  ...{ accounts: [anAccount()], more: false },
  ...over,
})

const counts = { pending: 0, stored: 1_203, excluded: 1, failed: 0, gone: 4 }

export const aStatement = (over: Partial<SignedStatement['statement']> = {}): SignedStatement => ({
  statement: {
    ...{ format: 'flowcrm-statement/1', workspaceId: 'w-contoso', at, serviceVersion: '1.0.0' },
    mailbox: { id: 'm-alice', address: 'alice@contoso.test' },
    ...{ ruleVersion: 3, complete: true, shortfalls: [] },
    folders: [{ id: 'f-inbox', name: 'Inbox', deletedAt: null, counts, comparison: null }],
    ...over,
  },
  signature: 'header.body.signature',
})
