import { Router, type Request } from 'express'
import { z } from 'zod'
import { EmailDetail, ReadState } from '../../../models/wire/email-detail.ts'
import type { ReadingDesk } from '../../crm/ports.ts'
import { signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'
import { sendMailPage } from '../presenters/mail-page.ts'

const EmailId = z.string().min(1).max(64)
export const EmailBodyQuery = z.object({ remote: z.enum(['block', 'show']).default('block') })

/** One e-mail: what is known of it, and its body as a page for a frame. */
export function readingRoutes({ reading }: { reading: ReadingDesk }): Router {
  const router = Router()
  router.get('/:id', async (request, response) => {
    answer(response, EmailDetail, await reading.detail(signedIn(response), idIn(request)))
  })
  router.get('/:id/body', async (request, response) => {
    const { remote } = parse(EmailBodyQuery, request.query)
    const shown = await reading.body(signedIn(response), idIn(request), remote)
    sendMailPage(response, shown, remote)
  })
  router.put('/:id/read-state', async (request, response) => {
    const state = parse(ReadState, request.body)
    answer(response, ReadState, await reading.mark(signedIn(response), idIn(request), state))
  })
  return router
}

const idIn = (request: Request): string => parse(EmailId, request.params['id'])
