import type { Email } from '../../../models/wire/email.ts'
import type { FakeService } from './fake-service.ts'
import { aSession } from './fixtures.ts'
import { aContact, aNote, aTask } from './page-facts.ts'

export const LEAD = { id: 'lead', name: 'Lead' }
export const CAROL = '/api/v1/contacts/c-carol'

/** The service answers so to `GET path`. */
export const give = (service: FakeService, path: string, body: unknown): void =>
  void service.instead.set(`GET ${path}`, { status: 200, body })

/** A service with one contact, and what there is of it. */
export const withCarol =
  (emails: Email[] = []) =>
  (service: FakeService) => {
    service.session = aSession()
    give(service, '/api/v1/contacts', { contacts: [aContact()], nextCursor: null })
    give(service, '/api/v1/suggestions', { suggestions: [], nextCursor: null })
    give(service, '/api/v1/companies', { companies: [], nextCursor: null })
    give(service, CAROL, aContact())
    give(service, `${CAROL}/emails`, { emails, nextCursor: null, total: emails.length })
    const stage = { contactId: 'c-carol', stage: null, history: [], version: 4 }
    give(service, `${CAROL}/stage`, stage)
    give(service, `${CAROL}/meetings`, { meetings: [], nextCursor: null })
    give(service, '/api/v1/pipeline', { stages: [LEAD], version: 1 })
    give(service, '/api/v1/tasks', { tasks: [aTask()], nextCursor: null })
    const notes = [aNote(), aNote({ id: 'n-2', by: { userId: 'u-bob', name: 'Bob' } })]
    give(service, `${CAROL}/notes`, { notes, nextCursor: null })
  }

/** What was asked to be changed: method, path and body. */
export const changesIn = ({ requests }: FakeService) =>
  requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => [method, path, body])
