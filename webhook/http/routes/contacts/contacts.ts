import { raw, Router, type Request, type Response } from 'express'
import { z } from 'zod'
import {
  ChangeContact,
  Contact,
  ContactPage,
  NewContact,
} from '../../../../models/wire/contacts/contact.ts'
import {
  ImportPreview,
  ImportProgress,
  ImportResult,
} from '../../../../models/wire/contacts/contact-import.ts'
import { EmailPage } from '../../../../models/wire/email.ts'
import type { ContactDesks } from '../../../contacts/contact-desks.ts'
import { BadRequestError } from '../../../errors.ts'
import { answerVersioned, versionSeen } from '../../etag.ts'
import { answer, parse } from '../../parse.ts'
import { idIn, memberIn, Page } from './query.ts'

/** Ten thousand rows are about one megabyte. */
const MOST_FILE_BYTES = 8 * 1024 * 1024

export const ContactQuery = Page.extend({
  q: z.string().trim().min(1).max(320).nullable().default(null),
  company: z.string().min(1).max(64).nullable().default(null),
})

export type ContactRouteParts = { contactDesks: ContactDesks }

/** Contacts: everybody of the workspace reads and edits them. */
export function contactRoutes({ contactDesks }: ContactRouteParts): Router {
  const { contacts, emails } = contactDesks
  const router = Router()
  router.use('/import', importRoutes({ contactDesks }))

  router.get('/', async (request, response) => {
    const { company: companyId, ...query } = parse(ContactQuery, request.query)
    answer(response, ContactPage, await contacts.page(memberIn(response), { ...query, companyId }))
  })

  router.post('/', async (request, response) => {
    const wanted = parse(NewContact, request.body)
    show(response.status(201), await contacts.create(memberIn(response), wanted))
  })

  router.get('/:id', async (request, response) => {
    show(response, await contacts.find(memberIn(response), idIn(request)))
  })

  router.patch('/:id', async (request, response) => {
    const changes = parse(ChangeContact, request.body)
    const of = { id: idIn(request), version: versionSeen(request) }
    show(response, await contacts.change(memberIn(response), of, changes))
  })

  router.delete('/:id', async (request, response) => {
    const of = { id: idIn(request), version: versionSeen(request) }
    await contacts.remove(memberIn(response), of)
    response.status(204).end()
  })

  router.get('/:id/emails', async (request, response) => {
    const page = parse(Page, request.query)
    answer(response, EmailPage, await emails.page(memberIn(response), idIn(request), page))
  })

  return router
}

/** Contacts from a CSV file, which is the body. */
function importRoutes({ contactDesks: { imports } }: ContactRouteParts): Router {
  const router = Router()
  const file = raw({ type: ['text/csv', 'application/csv'], limit: MOST_FILE_BYTES })

  router.post('/preview', file, async (request, response) => {
    const preview = await imports.preview(memberIn(response), fileIn(request))
    answer(response, ImportPreview, preview)
  })

  router.post('/', file, async (request, response) => {
    answer(response, ImportResult, await imports.run(memberIn(response), fileIn(request)))
  })

  router.get('/:id', async (request, response) => {
    const progress = await imports.progress(memberIn(response), idIn(request))
    answer(response, ImportProgress, progress)
  })

  return router
}

function fileIn({ body }: Request): Uint8Array {
  if (Buffer.isBuffer(body) && body.length > 0) return body
  throw new BadRequestError('There is no file to read in.', [
    { path: '', message: 'must be a CSV file, sent as text/csv' },
  ])
}

const show = (response: Response, value: Contact): void =>
  answerVersioned(response, Contact, { value, version: value.version })
