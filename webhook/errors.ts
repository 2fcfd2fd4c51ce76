/** What the caller of a failed operation may do about it. */
export type Retry = 'never' | 'later' | 'after-resync' | 'after-reconnect'

/** Base of every failure we expect. `code` is stable; callers switch on it, never on `message`. */
export abstract class AppError extends Error {
  abstract readonly code: string
  abstract readonly retry: Retry
  override get name(): string {
    return this.constructor.name
  }
}

/** The configuration cannot be used; the message names every bad variable and how to mend it. */
export class ConfigError extends AppError {
  readonly code = 'bad-configuration'
  readonly retry = 'never'
}

/** The database does not answer, or not in time. */
export class StoreUnavailableError extends AppError {
  readonly code = 'store-unavailable'
  readonly retry = 'later'
}

/** Another worker holds the folder now: what this run did not finish, that one will. */
export class LeaseLostError extends AppError {
  readonly code = 'lease-lost'
  readonly retry = 'later'
}

/** The mail provider's answer, translated once at the edge (by status and code, never by text). */
export class ProviderError extends AppError {
  constructor(
    readonly code:
      | 'provider-unavailable'
      | 'throttled'
      | 'cursor-expired'
      | 'item-not-found'
      | 'access-denied'
      | 'reconnect-needed'
      | 'admin-consent-needed'
      | 'conflict'
      | 'unexpected-answer',
    readonly retry: Retry,
    message: string,
    /** `providerCode` is the provider's own word, for the log and for support. */
    readonly details: {
      status?: number
      providerCode?: string
      retryAfterMs?: number
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: details.cause })
  }
}
