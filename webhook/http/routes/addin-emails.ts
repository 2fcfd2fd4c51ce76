import { Router } from 'express'
import { EmailStatus, EmailStatusRequest, LogEmailRequest } from '../../../models/wire/log-email.ts'
import { MAX_BODY_CHARS } from '../../../models/wire/pane/limits.ts'
import type { ApiTokens } from '../../sign-in/api-tokens.ts'
import { requireBearer, signedIn } from '../authenticate.ts'
import { allowOrigin } from '../middleware/cors.ts'
import { readJson } from '../middleware/read-json.ts'
import { answer, parse } from '../parse.ts'
import { limitRate, type RateLimiter } from '../rate/rate-limit.ts'
import type { EmailDesk } from '../../crm/ports.ts'

/** A character of JSON text takes up to three bytes, and mail's markup is full of escaped quotes; the rest is headers. */
const MAX_LOG_BYTES = 4 * MAX_BODY_CHARS

/** The pane's calls: its origin alone, by bearer token, without cookies. The body is read once the caller is known. */
export function addinEmailRoutes(parts: {
  emails: EmailDesk
  apiTokens: ApiTokens
  rateLimiter: RateLimiter
  addinUrl: string
}): Router {
  const { emails, apiTokens, rateLimiter, addinUrl } = parts
  const router = Router()
  router.use(['/status', '/log'], allowOrigin(addinUrl))
  router.post(['/status', '/log'], requireBearer(apiTokens), limitRate(rateLimiter))

  router.post('/status', readJson(), async (request, response) => {
    const key = parse(EmailStatusRequest, request.body)
    answer(response, EmailStatus, await emails.status(signedIn(response), key))
  })

  router.post('/log', readJson({ limit: MAX_LOG_BYTES }), async (request, response) => {
    const email = parse(LogEmailRequest, request.body)
    answer(response, EmailStatus, await emails.log(signedIn(response), email))
  })

  return router
}
