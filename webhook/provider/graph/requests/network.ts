import type { Clock } from '../../../clock.ts'
import { ProviderError } from '../../../errors.ts'
import { REQUEST_DEADLINE_MS } from '../limits.ts'
import { unlessAborted, whenAborted } from './unless-aborted.ts'

export type NetworkParts = {
  fetch: typeof fetch
  clock: Clock
  onRequest?: (made: RequestMade) => void
}

/** What is asked, as metrics name it: few words, never an id or a URL. */
export type Operation =
  | 'account'
  | 'folders'
  | 'folder'
  | 'delta'
  | 'newest'
  | 'find'
  | 'message'
  | 'marks'
  | 'mark'
  | 'attachments'
  | 'attachment-content'
  | 'web-link'
  | 'ids'
  | 'subscribe'
  | 'subscriptions'
  | 'renew'
  | 'unsubscribe'

/** One request that went out. `outcome` is the HTTP status, or why there is none. */
export type RequestMade = {
  operation: Operation
  outcome: number | 'unreachable' | 'too-slow' | 'given-up'
  ms: number
}

export type Sending = { url: string; init: RequestInit; operation: Operation }

/**
 * One request over the given network, whole: it is under way until the last byte of its answer, and so long the deadline
 * holds. Redirects are not followed; they would carry our token elsewhere (reliability C9).
 */
export async function send(parts: NetworkParts, sending: Sending): Promise<Response> {
  const trip = new Trip(parts, sending)
  try {
    const response = await trip.within((signal) => trip.fetch(signal).then(whole))
    trip.outcome = response.status
    return response
  } finally {
    trip.end()
  }
}

/** One request on its way; told of once, at its end. */
export class Trip {
  outcome: RequestMade['outcome'] = 'unreachable'
  private readonly startedAtMs: number

  constructor(
    private readonly parts: NetworkParts,
    private readonly sending: Sending,
  ) {
    this.startedAtMs = this.nowMs()
  }

  fetch(signal: AbortSignal): Promise<Response> {
    const { url, init } = this.sending
    return this.parts.fetch(url, { ...init, redirect: 'manual', signal })
  }

  /** What the work comes to within the deadline; failures are in our terms, but for the caller's own giving up. */
  async within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const asked = this.sending.init.signal ?? undefined
    const deadline = deadlineOf(this.parts.clock, asked)
    try {
      return await unlessAborted(work(deadline.signal), deadline.signal)
    } catch (cause) {
      if (asked?.aborted) this.outcome = 'given-up'
      else this.outcome = deadline.signal.aborted ? 'too-slow' : 'unreachable'
      if (asked?.aborted) throw cause
      throw unreachable(cause)
    } finally {
      deadline.end()
    }
  }

  get ms(): number {
    return this.nowMs() - this.startedAtMs
  }

  end(): void {
    const { operation } = this.sending
    this.parts.onRequest?.({ operation, outcome: this.outcome, ms: this.ms })
  }

  private nowMs(): number {
    return this.parts.clock.now().getTime()
  }
}

export const unreachable = (cause?: unknown) =>
  new ProviderError('provider-unavailable', 'later', 'Graph could not be reached.', { cause })

/** The answer with its body read. */
export async function whole(response: Response): Promise<Response> {
  const { status, headers } = response
  const body = await response.arrayBuffer()
  return new Response(body.byteLength === 0 ? null : body, { status, headers })
}

/** Aborts when its time has come or when the caller gives up; leaves nothing behind once it is ended. */
function deadlineOf(clock: Clock, asked: AbortSignal | undefined) {
  const over = new AbortController()
  const ended = new AbortController()
  const giveUp = () => over.abort(asked?.reason)
  if (asked?.aborted) giveUp()
  const stopListening = asked && whenAborted(asked, giveUp)
  void clock.sleep(REQUEST_DEADLINE_MS, ended.signal).then(() => {
    if (!ended.signal.aborted) over.abort(new Error('Graph took too long.'))
  })
  return {
    signal: over.signal,
    end: () => {
      stopListening?.()
      ended.abort()
    },
  }
}
