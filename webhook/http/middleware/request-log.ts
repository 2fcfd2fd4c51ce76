import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { operations } from '../openapi/operations.ts'

/** Given to each request by us, never taken from it. In every error answer, and in the log. */
export const requestId: RequestHandler = (_request, response, next) => {
  const id = randomUUID()
  response.locals['requestId'] = id
  response.set('x-request-id', id)
  next()
}

export const requestIdOf = (response: Response): string => String(response.locals['requestId'])

/**
 * One line for each request, when it has ended. Queries and unknown paths can name people, so they stay out. Notifications
 * that were taken or turned away come by the thousand: they are counted (`/metrics`), and told at the level of `debug` only.
 */
export function requestLog(log: Logger, clock: Clock): RequestHandler {
  return (request, response, next) => {
    const began = clock.now().getTime()
    response.once('close', () => {
      const level = isUsualNotification(request, response) ? 'debug' : 'info'
      if (!log.isLevelEnabled(level)) return
      log[level](
        {
          requestId: requestIdOf(response),
          method: request.method,
          route: routeOf(request),
          status: response.statusCode,
          ms: clock.now().getTime() - began,
          ...(!response.writableFinished && { aborted: true }),
        },
        'request',
      )
    })
    next()
  }
}

const isUsualNotification = ({ originalUrl }: Request, { statusCode }: Response): boolean =>
  (statusCode < 300 || statusCode === 503) && originalUrl.startsWith('/webhooks/')

const OURS = /^\/(api|auth|webhooks|healthz|readyz|metrics|settings\.json)(\/|$)/
const WORDS = new Set(operations.flatMap(({ path }) => path.split('/')))

/** The path where it is one of ours, with whatever is no word of our routes struck out. */
function routeOf({ originalUrl }: Request): string {
  const [path = ''] = originalUrl.split('?', 1)
  if (!OURS.test(path)) return ''
  const segments = path.split('/').slice(0, 8)
  return segments.map((segment) => (WORDS.has(segment) ? segment : ':id')).join('/')
}
