import { Router } from 'express'
import { ThreadPage } from '../../../models/wire/email.ts'
import type { ThreadDesk } from '../../threads/thread-desk.ts'
import { signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'
import { idIn, Page } from './contacts/query.ts'

/** Conversations. */
export function threadRoutes({ threadDesk }: { threadDesk: Pick<ThreadDesk, 'page'> }): Router {
  const router = Router()
  router.get('/:id', async (request, response) => {
    const page = parse(Page, request.query)
    answer(response, ThreadPage, await threadDesk.page(signedIn(response), idIn(request), page))
  })
  return router
}
