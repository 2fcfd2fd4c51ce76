import { Router } from 'express'
import { LiveEvent } from '../../../models/wire/email.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Clock } from '../../clock.ts'
import { SECOND } from '../../duration.ts'
import { untilGone } from '../abort.ts'
import { findSession, signedIn, type SessionParts } from '../authenticate.ts'
import type { LiveBus } from '../../crm/ports.ts'
import { openStream, sendEvent } from '../server-sent.ts'

/** Proxies cut silent lines after a minute or less; the page gives up after two missed ones. */
const HEARTBEAT_MS = 15 * SECOND

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
    const unsubscribe = parts.live.subscribe(person, (event) =>
      sendEvent(response, LiveEvent.parse(event)),
    )
    try {
      openStream(response)
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
