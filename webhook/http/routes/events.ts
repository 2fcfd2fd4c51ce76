import { Router, type Response } from 'express'
import { LiveEvent } from '../../../models/wire/email.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Clock } from '../../clock.ts'
import { SECOND } from '../../duration.ts'
import { untilGone } from '../abort.ts'
import { findSession, signedIn, type SessionParts } from '../authenticate.ts'
import type { LiveBus } from '../../crm/ports.ts'

/** Proxies cut silent lines after a minute or less; the page gives up after two missed ones. */
const HEARTBEAT_MS = 15 * SECOND
/** Who reads this slowly is better off loading the page anew. */
const MAX_WAITING_BYTES = 1_000_000

export type EventParts = SessionParts & {
  live: LiveBus
  audit: Audit
  clock: Clock
  stopping: AbortSignal
}

/** Server-sent events for as long as the person looks, the session lives and the service runs. */
export function eventRoutes(parts: EventParts): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const person = signedIn(response)
    // What is shown live is looked at as a list is.
    await parts.audit.write({
      ...{ workspaceId: person.workspaceId, who: actorOf(person), action: 'emails-followed' },
      object: { kind: 'mailbox', id: 'all' },
    })
    const over = AbortSignal.any([untilGone(response), parts.stopping])
    const unsubscribe = parts.live.subscribe(person, (event) => send(response, event))
    try {
      open(response)
      while (!over.aborted && (await findSession(parts, request))) {
        response.write(': still here\n\n')
        await parts.clock.sleep(HEARTBEAT_MS, over)
      }
    } finally {
      unsubscribe()
      response.end()
    }
  })
  return router
}

function open(response: Response): void {
  response.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no', // nginx would hold events back
  })
  response.flushHeaders()
}

function send(response: Response, event: LiveEvent): void {
  if (response.writableLength > MAX_WAITING_BYTES) return void response.destroy()
  const data = JSON.stringify(LiveEvent.parse(event))
  response.write(`event: ${event.type}\ndata: ${data}\n\n`)
}
