import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'

/** Given to each request by us, never taken from it. In every error answer, and in the log. */
export const requestId: RequestHandler = (_request, response, next) => {
  const id = randomUUID()
  response.locals['requestId'] = id
  response.set('x-request-id', id)
  next()
}

export const requestIdOf = (response: Response): string => String(response.locals['requestId'])

/** One line for each request, when it has ended. The route's pattern and no address: paths and queries name people. */
export function requestLog(log: Logger, clock: Clock): RequestHandler {
  return (request, response, next) => {
    const began = clock.now().getTime()
    response.once('close', () => {
      log.info(
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

function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined
  return typeof route?.path === 'string' ? request.baseUrl + route.path : ''
}
