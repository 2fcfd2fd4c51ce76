import { Readable } from 'node:stream'
import type { Clock } from '../../../webhook/clock.ts'
import type { Random } from '../../random.ts'
import { GraphFault, badRequest, notDiscovered } from '../errors.ts'
import type { HttpKnobs } from '../knobs.ts'
import type { MailboxInfo, MailStoreView } from '../store/mail-store.ts'
import type { AccessGate } from './access/access-gate.ts'
import { checkAccess, isOfSameTenant } from './access/access.ts'
import { errorReply, withGraphHeaders, type ReplyIds } from './envelope.ts'
import type { SubscriptionCall } from './throttle/limits.ts'
import { segmentsOf, withoutMe } from './path.ts'
import type { RequestFaults } from './request-faults.ts'
import type { LoggedRequest, RequestLog } from './request-log.ts'
import { nobody, type GraphResponse, type Route } from './route.ts'
import { RouteTable, type RouteMatch } from './route-table.ts'
import type { Throttle } from './throttle/throttle.ts'

/** A request as it came in, over HTTP or inside a `$batch`. */
export type Incoming = {
  method: string
  /** Path and query after `/v1.0`, as they were sent. */
  path: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  origin: string
  inBatch?: boolean
}

export type DispatcherParts = {
  routes: readonly Route[]
  gate: AccessGate
  mailboxes: Pick<MailStoreView, 'findMailbox'>
  throttle: Throttle
  faults: RequestFaults
  log: RequestLog
  knobs: HttpKnobs
  clock: Clock
  random: Random
}

/** The one way in: token, route, permission, throttle, operation, reply (graph-contract 6 and 7). Never rejects. */
export class Dispatcher {
  private readonly table: RouteTable

  constructor(private readonly parts: DispatcherParts) {
    this.table = new RouteTable(parts.routes)
  }

  async handle(incoming: Incoming): Promise<GraphResponse> {
    const { method, path, headers, inBatch = false } = incoming
    const { clock, random, log } = this.parts
    const requestId = random.guid()
    const ids: ReplyIds = {
      requestId,
      clientRequestId: headers['client-request-id'] ?? requestId,
      at: clock.now(),
    }
    const entry: LoggedRequest = { at: ids.at, method, path, status: 0, throttled: false, inBatch }
    log.add(entry)
    const reply = await this.answer(incoming, entry).catch((error: unknown) =>
      errorReply(asFault(error, entry), ids),
    )
    entry.status = reply.status
    entry.throttled = reply.status === 429
    return withGraphHeaders(reply, ids)
  }

  private async answer(incoming: Incoming, entry: LoggedRequest): Promise<GraphResponse> {
    const { method, path, headers, body, origin } = incoming
    const url = new URL(path, 'http://twin')
    const named = segmentsOf(url.pathname)
    const isAnonymous = this.anonymousRoute(method, named)
    const caller = isAnonymous ? nobody : await this.parts.gate.admit(headers.authorization)
    entry.caller = caller
    const segments = withoutMe(named, caller.userId)
    const { route, params } = this.route(method, segments)
    const owner = this.mailboxOf(segments)
    const mailbox = owner?.userId
    if (mailbox !== undefined) entry.mailbox = mailbox
    if (owner && !isOfSameTenant(owner, caller)) throw notDiscovered()
    if (!isAnonymous) checkAccess(caller, route, mailbox, this.parts.knobs)
    const request = { method, segments, query: url.searchParams, headers, body, caller, origin }
    const leave = this.parts.throttle.enter({
      ...caller,
      ...(mailbox === undefined ? {} : { mailbox }),
      ...subscriptionCall(method, segments),
      uploadBytes: method === 'GET' ? 0 : body.length,
    })
    try {
      this.parts.faults.throwNext(method, path)
      if (this.parts.faults.slowMs > 0) await this.parts.clock.sleep(this.parts.faults.slowMs)
      const reply = await route.handle(request, params)
      if (reply.bytes instanceof Readable)
        reply.bytes.once('close', leave) // it is under way as long as it comes
      else leave()
      return reply
    } catch (error) {
      leave()
      throw error
    }
  }

  private anonymousRoute(method: string, segments: readonly string[]): boolean {
    const match = this.table.find(method, segments)
    return typeof match === 'object' && match.route.anonymous === true
  }

  private route(method: string, segments: readonly string[]): RouteMatch {
    const match = this.table.find(method, segments)
    if (match === 'wrong-method') {
      throw new GraphFault(
        405,
        'Request_BadRequest',
        `The method ${method} is not allowed on this resource.`,
      )
    }
    if (match === 'unknown') {
      throw badRequest(`Resource not found for the segment '${segments.at(-1) ?? ''}'.`)
    }
    return match
  }

  private mailboxOf([first, user]: readonly string[]): MailboxInfo | undefined {
    if (first?.toLowerCase() !== 'users' || user === undefined) return undefined
    return this.parts.mailboxes.findMailbox(user)
  }
}

/** Which of the subscription limits counts this call (graph-contract 6.1). */
function subscriptionCall(
  method: string,
  [first, id, action]: readonly string[],
): { subscriptionCall?: SubscriptionCall } {
  if (first?.toLowerCase() !== 'subscriptions') return {}
  if (action !== undefined) return { subscriptionCall: 'reauthorize' }
  if (method !== 'GET') return { subscriptionCall: 'write' }
  return { subscriptionCall: id === undefined ? 'list' : 'read' }
}

/** What is not a fault is a bug of the twin: answered as a 500 and kept in the log, never swallowed. */
function asFault(error: unknown, entry: LoggedRequest): GraphFault {
  if (error instanceof GraphFault) return error
  entry.crash = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new GraphFault(500, 'InternalServerError', 'The twin itself failed; see the request log.')
}
