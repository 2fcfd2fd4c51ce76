import type { RequestHandler } from 'express'
import type { Clock } from '../../clock.ts'

type Acknowledged = (answer: { status: number; ms: number }) => void

/** How long Graph waits for an answer to its posts: the figure by which it judges us. */
export function acknowledgement(clock: Clock, onAcknowledged: Acknowledged): RequestHandler {
  return (_request, response, next) => {
    const began = clock.now().getTime()
    response.once('finish', () =>
      onAcknowledged({ status: response.statusCode, ms: clock.now().getTime() - began }),
    )
    next()
  }
}
