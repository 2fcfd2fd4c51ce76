import type { RequestListener } from 'node:http'
import type { Receiver } from '../../notifications/receiver.ts'

/** Where Graph rings. Its handshakes carry a token behind a `?`: they are always answered. */
const BELLS: ReadonlySet<string> = new Set([
  '/webhooks/graph/notifications',
  '/webhooks/graph/lifecycle',
])
const COME_AGAIN = { 'Retry-After': '5', 'Content-Length': '0' }

export type Crowding = {
  receiver: Pick<Receiver, 'isCrowded'>
  /** For the count; nothing is logged. */
  onTurnedAway: () => void
}

/**
 * Turns bells away before anything else has been done for them, while too many wait to be written down: what is turned
 * away must cost next to nothing, or those who were let in wait for it (reliability A6).
 */
export function turnAway(
  { receiver, onTurnedAway }: Crowding,
  app: RequestListener,
): RequestListener {
  return (request, response) => {
    if (!BELLS.has(request.url ?? '') || !receiver.isCrowded) return app(request, response)
    response.writeHead(503, COME_AGAIN).end()
    onTurnedAway()
  }
}
