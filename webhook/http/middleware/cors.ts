import type { RequestHandler } from 'express'
import { MINUTE } from '../../duration.ts'

const PREFLIGHT_LIFE_SECONDS = (10 * MINUTE) / 1_000

/** Lets one other origin, compared as a whole, call with a bearer token; cookies never come along. */
export function allowOrigin(allowed: string): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin')
    const isAllowed = request.get('origin') === allowed
    if (isAllowed)
      response.set({
        'Access-Control-Allow-Origin': allowed,
        'Access-Control-Expose-Headers': 'x-request-id, retry-after, etag',
      })
    if (request.method !== 'OPTIONS') return next()
    if (isAllowed)
      response.set({
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'authorization, content-type',
        'Access-Control-Max-Age': String(PREFLIGHT_LIFE_SECONDS),
      })
    response.sendStatus(204)
  }
}
