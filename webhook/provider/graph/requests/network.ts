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
export async function send(
  { fetch, clock, onRequest }: NetworkParts,
  { url, init, operation }: Sending,
): Promise<Response> {
  const startedAtMs = clock.now().getTime()
  let outcome: RequestMade['outcome'] = 'unreachable'
  const asked = init.signal ?? undefined
  const deadline = deadlineOf(clock, asked)
  try {
    const { signal } = deadline
    const answer = fetch(url, { ...init, redirect: 'manual', signal }).then(whole)
    const response = await unlessAborted(answer, signal)
    outcome = response.status
    return response
  } catch (cause) {
    if (asked?.aborted) outcome = 'given-up'
    else if (deadline.signal.aborted) outcome = 'too-slow'
    if (asked?.aborted) throw cause
    throw new ProviderError('provider-unavailable', 'later', 'Graph could not be reached.', {
      cause,
    })
  } finally {
    deadline.end()
    onRequest?.({ operation, outcome, ms: clock.now().getTime() - startedAtMs })
  }
}

/** The answer with its body read. */
async function whole(response: Response): Promise<Response> {
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
