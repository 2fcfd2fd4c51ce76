import { Router, type Response } from 'express'
import { z } from 'zod'
import {
  ChangeCompany,
  Company,
  CompanyPage,
  NewCompany,
} from '../../../../models/wire/contacts/company.ts'
import type { ContactDesks } from '../../../contacts/contact-desks.ts'
import { answerVersioned, versionSeen } from '../../etag.ts'
import { answer, parse } from '../../parse.ts'
import { idIn, memberIn, Page } from './query.ts'

export const CompanyQuery = Page.extend({
  q: z.string().trim().min(1).max(320).nullable().default(null),
})

/** Companies and their domains. */
export function companyRoutes({ contactDesks }: { contactDesks: ContactDesks }): Router {
  const { companies } = contactDesks
  const router = Router()

  router.get('/', async (request, response) => {
    const query = parse(CompanyQuery, request.query)
    answer(response, CompanyPage, await companies.page(memberIn(response), query))
  })

  router.post('/', async (request, response) => {
    const wanted = parse(NewCompany, request.body)
    show(response.status(201), await companies.create(memberIn(response), wanted))
  })

  router.get('/:id', async (request, response) => {
    show(response, await companies.find(memberIn(response), idIn(request)))
  })

  router.patch('/:id', async (request, response) => {
    const changes = parse(ChangeCompany, request.body)
    const of = { id: idIn(request), version: versionSeen(request) }
    show(response, await companies.change(memberIn(response), of, changes))
  })

  return router
}

const show = (response: Response, value: Company): void =>
  answerVersioned(response, Company, { value, version: value.version })
