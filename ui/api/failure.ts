/** What went wrong, in words for people and a code for programs. Everything a page shows as a problem has this shape. */
export type Failure = {
  /** Stable, kebab-case; switch on this, never on `detail`. */
  readonly code: string
  /** One or two sentences: what happened, what to do. */
  readonly detail: string
  /** For support; null when no answer came. */
  readonly requestId: string | null
  /** Seconds to wait before trying again, when the service said so. */
  readonly retryAfterSeconds: number | null
  /** Which fields of what was sent were wrong, and why; left out where none was. */
  readonly fields?: readonly FieldProblem[]
}

/** `path` as in what was sent: `rules.ownDomains.0`. */
export type FieldProblem = { readonly path: string; readonly message: string }

/** True for an error that already carries words for people (ours, or the add-in's own classes). */
export function isFailure(error: unknown): error is Failure {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'detail' in error &&
    typeof error.detail === 'string' &&
    'requestId' in error &&
    'retryAfterSeconds' in error
  )
}
