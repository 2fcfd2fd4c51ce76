import { Router } from 'express'
import { Session } from '../../../../models/wire/session.ts'
import type { Config } from '../../../config/config.ts'
import { sessionOf } from '../../authenticate.ts'
import { answer } from '../../parse.ts'
import { presentSession } from '../../presenters/session.ts'

export function sessionRoutes({ sandbox }: Pick<Config, 'sandbox'>): Router {
  const router = Router()
  router.get('/', (_request, response) => {
    answer(response, Session, presentSession(sessionOf(response), sandbox))
  })
  return router
}
