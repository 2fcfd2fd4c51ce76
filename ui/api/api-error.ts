import { Problem } from '../../models/wire/problem.ts'
import { isFailure, type Failure, type FieldProblem } from './failure.ts'

type Facts = Pick<Failure, 'code' | 'detail'> &
  Partial<Pick<Failure, 'requestId' | 'retryAfterSeconds' | 'fields'>> & {
    status?: number
    cause?: unknown
  }

/**
 * A call to the service that did not work. `code` is the Problem's code, or one of ours:
 * `network` (no answer came), `unexpected-reply` (an answer we cannot read), `unexpected` (a fault in the page).
 */
export class ApiError extends Error implements Failure {
  override readonly name = 'ApiError'
  readonly code: string
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly detail: string
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
  readonly fields: readonly FieldProblem[]

  constructor(facts: Facts) {
    super(`${facts.code}: ${facts.detail}`, { cause: facts.cause })
    this.code = facts.code
    this.detail = facts.detail
    this.status = facts.status ?? 0
    this.requestId = facts.requestId ?? null
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null
    this.fields = facts.fields ?? []
  }
}

/** The error for an answer that is not 2xx: its Problem body if it has one, else a sentence about the status. */
export function errorOfReply(response: Response, body: unknown): ApiError {
  const problem = Problem.safeParse(body)
  if (!problem.success) return unreadable(response)
  const { code, detail, requestId, fields } = problem.data
  return new ApiError({
    code,
    detail,
    status: response.status,
    requestId: requestId ?? null,
    retryAfterSeconds: retryAfterSeconds(response.headers),
    fields: fields ?? [],
  })
}

/** The error for an answer whose body is not what the contract says. */
export function unreadable(response: Response, cause?: unknown): ApiError {
  return new ApiError({
    code: 'unexpected-reply',
    detail: `The service gave an answer this page does not understand (HTTP ${response.status}). Reload the page; if it stays, tell support.`,
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    retryAfterSeconds: retryAfterSeconds(response.headers),
    cause,
  })
}

/** The error for a call that got no answer: offline, refused, or too slow. */
export function noAnswer(cause: unknown): ApiError {
  const slow = cause instanceof DOMException && cause.name === 'TimeoutError'
  return new ApiError({
    code: 'network',
    detail: slow
      ? 'FlowCRM took too long to answer. Try again in a moment.'
      : 'FlowCRM could not be reached. Check your connection, then try again.',
    cause,
  })
}

/** Whatever was thrown, as something a page can show. */
export function toFailure(error: unknown): Failure {
  if (isFailure(error)) return error
  return new ApiError({
    code: 'unexpected',
    detail: 'Something in this page went wrong. Reload it; if it stays, tell support.',
    cause: error,
  })
}

/** Our service sends whole seconds; a date would be a proxy's, and is not relied on. */
function retryAfterSeconds(headers: Headers): number | null {
  const text = headers.get('retry-after')
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null
}
