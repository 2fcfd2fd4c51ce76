import { Router } from 'express'
import { z } from 'zod'
import { EmailFilter, EmailPage } from '../../../models/wire/email.ts'
import { signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'
import type { EmailDesk } from '../../crm/ports.ts'

const MAX_PAGE = 200

export const EmailPageQuery = EmailFilter.extend({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().min(1).max(512).nullable().default(null),
})

export function emailRoutes({ emails }: { emails: EmailDesk }): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const query = parse(EmailPageQuery, request.query)
    answer(response, EmailPage, await emails.page(signedIn(response), query))
  })
  return router
}
