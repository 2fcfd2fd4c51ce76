import { Router, urlencoded, type ErrorRequestHandler, type RequestHandler } from 'express'
import { z } from 'zod'
import { AadstsError, tokenErrorBody } from '../aadsts.ts'
import type { IssuerContext } from '../context.ts'
import { authorityOf } from '../flows/authority.ts'
import { redeem, tokenRequestSchema } from '../flows/redeem.ts'

const TOKEN_PATH = '/:tenant/oauth2/v2.0/token'

/** `POST /{tenant}/oauth2/v2.0/token`: form-encoded only, answers and errors in JSON (graph-contract 7.1 and 7.4). */
export function tokenRoute(context: IssuerContext): Router {
  const router = Router()
  router.use(TOKEN_PATH, allowOwnPages(context))
  router.options(TOKEN_PATH, (_request, response) => void response.sendStatus(204))
  router.post(TOKEN_PATH, urlencoded({ extended: false }), async (request, response) => {
    const authority = authorityOf(String(request.params['tenant']), context.app)
    const body = readBody(request.body)
    response.json(await redeem(context, { authority, body, origin: request.get('origin') }))
  })
  router.use(TOKEN_PATH, tokenFailure(context))
  return router
}

function readBody(body: unknown) {
  const parsed = tokenRequestSchema.safeParse(body)
  if (parsed.success) return parsed.data
  const names = new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'grant_type'))
  throw new AadstsError(900144, `Parameters: ${[...names].join(', ')}.`)
}

/** Only pages of a registered single-page redirect URI may read the reply. */
const allowOwnPages =
  ({ app }: IssuerContext): RequestHandler =>
  (request, response, next) => {
    const origin = request.get('origin')
    response.vary('Origin')
    if (origin && app.hasSpaOrigin(origin)) {
      response.set('Access-Control-Allow-Origin', origin)
      response.set('Access-Control-Allow-Methods', 'POST')
      response.set(
        'Access-Control-Allow-Headers',
        request.get('access-control-request-headers') ?? '',
      )
    }
    next()
  }

const tokenFailure =
  (context: IssuerContext): ErrorRequestHandler =>
  (error, request, response, next) => {
    if (!(error instanceof AadstsError)) return next(error)
    const correlationId = z.guid().safeParse(request.get('client-request-id'))
    response.status(error.status).json(tokenErrorBody(error, context, correlationId.data))
  }
