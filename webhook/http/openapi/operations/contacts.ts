import {
  Company,
  CompanyPage,
  ChangeCompany,
  NewCompany,
} from '../../../../models/wire/contacts/company.ts'
import {
  ImportPreview,
  ImportProgress,
  ImportResult,
} from '../../../../models/wire/contacts/contact-import.ts'
import {
  ChangeContact,
  Contact,
  ContactPage,
  NewContact,
} from '../../../../models/wire/contacts/contact.ts'
import { EmailPage } from '../../../../models/wire/email.ts'
import { CompanyQuery } from '../../routes/contacts/companies.ts'
import { ContactQuery } from '../../routes/contacts/contacts.ts'
import { Page } from '../../routes/contacts/query.ts'
import type { Answered, Operation } from '../operation.ts'

const at = '2026-11-20T09:00:00.000Z'
const contact = {
  ...{ id: '3f8e7d3a-5c7b-4a3e-9b55-0d0f6c1b2a10', name: 'Carol Jones', jobTitle: 'Buyer' },
  ...{ phone: '+43 1 5550', company: null, mergedInto: null, version: 1 },
  addresses: [{ address: 'carol@customer.example', formerSince: null }],
  ...{ createdAt: at, updatedAt: at },
}
const company = {
  ...{ id: '9a1d2b44-8a0b-4f1c-8f07-6a1f3e1f9d20', name: 'Customer Limited', version: 1 },
  ...{ domains: ['customer.example', 'customer.test'], createdAt: at, updatedAt: at },
}
const theContact: Answered = { about: 'As it is then.', json: { Contact }, example: contact }
const theCompany: Answered = { about: 'As it is then.', json: { Company }, example: company }

const csv = {
  type: 'text/csv',
  about: 'A file with the names of its columns in the first row, one of them e-mail addresses.',
  example: 'First name,Last name,E-mail,Company\r\nCarol,Jones,carol@customer.example,Customer\r\n',
}

const of = (
  tag: 'Contacts' | 'Companies',
  operation: Omit<Operation, 'tag' | 'access' | 'path'> & { at?: string },
): Operation => {
  const { at: below = '', ...rest } = operation
  const path = `/api/v1/${tag.toLowerCase()}${below}`
  return { tag, access: 'person', path, ...rest }
}

export const contactOperations: Operation[] = [
  of('Contacts', {
    ...{ method: 'get', id: 'listContacts', query: ContactQuery },
    summary: 'Contacts, newest first; `q` is words, an address or a domain',
    answers: {
      200: {
        about: 'Of the workspace.',
        json: { ContactPage },
        example: { contacts: [contact], nextCursor: null },
      },
    },
  }),
  of('Contacts', {
    ...{ method: 'post', id: 'createContact', summary: 'Creates a contact' },
    body: {
      json: { NewContact },
      example: { name: 'Carol Jones', addresses: ['carol@customer.example'] },
    },
    answers: { 201: theContact },
  }),
  of('Contacts', {
    ...{ method: 'get', at: '/{id}', id: 'getContact', summary: 'One contact' },
    answers: { 200: theContact },
  }),
  of('Contacts', {
    ...{ method: 'patch', at: '/{id}', id: 'changeContact', versioned: true },
    summary: 'Changes what is named; an address left out stays as a former one',
    body: { json: { ChangeContact }, example: { addresses: ['carol@new.example'] } },
    answers: { 200: theContact },
  }),
  of('Contacts', {
    ...{ method: 'delete', at: '/{id}', id: 'deleteContact', versioned: true },
    summary: 'Deletes a contact; its mail stays',
    answers: { 204: { about: 'Gone.' } },
  }),
  of('Contacts', {
    ...{ method: 'get', at: '/{id}/emails', id: 'listContactEmails', query: Page },
    summary: 'The e-mails of a contact that this person may see, newest first',
    answers: { 200: { about: 'As much of each as its owners share.', json: { EmailPage } } },
  }),
  of('Contacts', {
    ...{ method: 'post', at: '/import/preview', id: 'previewContactImport', body: csv },
    summary: 'What reading a file in would do, row by row',
    answers: { 200: { about: 'Nothing is written.', json: { ImportPreview } } },
  }),
  of('Contacts', {
    ...{ method: 'post', at: '/import', id: 'importContacts', body: csv },
    summary: 'Reads a file in; the same file again changes nothing',
    answers: { 200: { about: 'When all of it is read in.', json: { ImportResult } } },
  }),
  of('Contacts', {
    ...{ method: 'get', at: '/import/{id}', id: 'getContactImport' },
    summary: 'How far a file has been read in',
    answers: { 200: { about: 'So many of so many rows.', json: { ImportProgress } } },
  }),
  of('Companies', {
    ...{ method: 'get', id: 'listCompanies', query: CompanyQuery },
    summary: 'Companies, newest first; `q` is words or a domain',
    answers: {
      200: {
        about: 'Of the workspace.',
        json: { CompanyPage },
        example: { companies: [company], nextCursor: null },
      },
    },
  }),
  of('Companies', {
    ...{ method: 'post', id: 'createCompany', summary: 'Creates a company' },
    body: {
      json: { NewCompany },
      example: { name: 'Customer Limited', domains: ['customer.example', 'customer.test'] },
    },
    answers: { 201: theCompany },
  }),
  of('Companies', {
    ...{ method: 'get', at: '/{id}', id: 'getCompany', summary: 'One company' },
    answers: { 200: theCompany },
  }),
  of('Companies', {
    ...{ method: 'patch', at: '/{id}', id: 'changeCompany', versioned: true },
    summary: 'Changes what is named; mail is matched anew by the domains',
    body: { json: { ChangeCompany }, example: { domains: ['customer.example'] } },
    answers: { 200: theCompany },
  }),
]
