import type { Clock } from '../../../webhook/clock.ts'

export type PostRequest = {
  body: string
  headers: Record<string, string>
  /** For a sender that keeps time itself; `signal` aborts at the same moment of the twin's clock. */
  timeoutMs: number
  signal: AbortSignal
}
export type PostReply = { status: number; contentType: string; body: string }

/** Sends one POST and resolves with whatever came back; rejects when nothing did. */
export type Post = (url: string, request: PostRequest) => Promise<PostReply>

/** The real thing. Redirects are not followed: Graph counts them as failures (graph-contract 10 "Delivery"). */
export const fetchPost: Post = async (url, { body, headers, signal }) => {
  const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' })
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
  }
}

export type PostOutcome =
  | { kind: 'replied'; reply: PostReply; tookMs: number }
  | { kind: 'timed-out'; tookMs: number }
  | { kind: 'failed'; reason: string; tookMs: number }

/** Posts, and gives up after `timeoutMs` of `clock`, so that a virtual clock times out too. Never rejects. */
export async function postWithin(
  { post, clock }: { post: Post; clock: Clock },
  url: string,
  request: Omit<PostRequest, 'signal'>,
): Promise<PostOutcome> {
  const startedAt = clock.now().getTime()
  const tookMs = () => clock.now().getTime() - startedAt
  const over = new AbortController()
  const timeout = clock
    .sleep(request.timeoutMs, over.signal)
    .then((): PostOutcome => ({ kind: 'timed-out', tookMs: tookMs() }))
  const reply = post(url, { ...request, signal: over.signal }).then(
    (reply): PostOutcome => ({ kind: 'replied', reply, tookMs: tookMs() }),
    (error: unknown): PostOutcome => ({
      kind: 'failed',
      reason: reasonOf(error),
      tookMs: tookMs(),
    }),
  )
  const outcome = await Promise.race([reply, timeout])
  over.abort()
  return outcome
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
