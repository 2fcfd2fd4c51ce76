import { Router } from 'express'
import {
  Choice,
  ChoiceRequest,
  Compose,
  ComposeRequest,
} from '../../../../models/wire/pane/compose.ts'
import type { ComposeDesk } from '../../../compose/compose-desk.ts'
import { answer, parse } from '../../parse.ts'
import { memberIn } from '../contacts/query.ts'

/** Beside a message that is being written; below the pane's other routes, which know who asks. */
export function composeRoutes({ composeDesk }: { composeDesk: ComposeDesk }): Router {
  const router = Router()

  router.post('/compose', async (request, response) => {
    const draft = parse(ComposeRequest, request.body)
    answer(response, Compose, await composeDesk.look(memberIn(response), draft))
  })

  router.post('/compose/choice', async (request, response) => {
    const wanted = parse(ChoiceRequest, request.body)
    answer(response, Choice, await composeDesk.choose(memberIn(response), wanted))
  })

  return router
}
