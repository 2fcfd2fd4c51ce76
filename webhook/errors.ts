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

/** This instance does no work (yet, or any more): ask another one. */
export class NotReadyError extends AppError {
  readonly code = 'not-ready'
  readonly retry = 'later'
}

/** Another worker holds the folder now: what this run did not finish, that one will. */
export class LeaseLostError extends AppError {
  readonly code = 'lease-lost'
  readonly retry = 'later'
}

/** A ledger entry was changed by another pass between our reading and our writing: read again. */
export class LedgerMovedError extends AppError {
  readonly code = 'ledger-moved'
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
      | 'mailbox-unavailable'
      | 'reconnect-needed'
      | 'consent-needed'
      | 'admin-consent-needed'
      | 'policy-blocked'
      | 'operator-needed'
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

/** Nobody is signed in, or the session is over. */
export class NotSignedInError extends AppError {
  readonly code = 'not-signed-in'
  readonly retry = 'never'

  constructor(message = 'You are not signed in, or your session has ended. Sign in again.') {
    super(message)
  }
}

/** Signed in, but not allowed to. */
export class ForbiddenError extends AppError {
  readonly code = 'forbidden'
  readonly retry = 'never'
}

/** A change that our own page did not ask for. */
export class CsrfError extends AppError {
  readonly code = 'csrf'
  readonly retry = 'never'

  constructor() {
    super('This change did not come from the FlowCRM page. Load the page again and repeat it.')
  }
}

/** It is not there, or not for this person: the two look the same on purpose. */
export class NotFoundError extends AppError {
  readonly code = 'not-found'
  readonly retry = 'never'

  constructor(message = 'There is nothing here, or it is not yours to see.') {
    super(message)
  }
}

/** The organization has ended its workspace: nobody signs in to it any more, and nothing is left of it. */
export class WorkspaceEndedError extends AppError {
  readonly code = 'workspace-ended'
  readonly retry = 'never'

  constructor() {
    super(
      'Your organization has ended its FlowCRM workspace, and its data is deleted. Ask an administrator of your organization.',
    )
  }
}

/** The request does not have the shape we take; `fields` says where. */
export class BadRequestError extends AppError {
  readonly code = 'invalid-request'
  readonly retry = 'never'

  constructor(
    message: string,
    readonly fields: { path: string; message: string }[] = [],
  ) {
    super(message)
  }
}

/** More bytes than we take. */
export class TooLargeError extends AppError {
  readonly code = 'too-large'
  readonly retry = 'never'

  constructor(message = 'This is larger than FlowCRM takes.') {
    super(message)
  }
}

/** This person asks more than their share; `waitMs` later they may go on. */
export class TooManyRequestsError extends AppError {
  readonly code = 'too-many-requests'
  readonly retry = 'later'

  constructor(readonly waitMs: number) {
    super('These are more requests than one person may make. Wait a moment, then go on.')
  }
}

/** Somebody else changed it since the client read it. */
export class ChangedMeanwhileError extends AppError {
  readonly code = 'changed-meanwhile'
  readonly retry = 'never'

  constructor() {
    super('Somebody changed this meanwhile. Load it again, then repeat your change.')
  }
}

/** What must be one's alone is another's already; `fields` says what of it. */
export class TakenError extends AppError {
  readonly code = 'taken'
  readonly retry = 'never'

  constructor(
    message: string,
    readonly fields: { path: string; message: string }[] = [],
  ) {
    super(message)
  }
}

/** A change without saying which version it is of. */
export class PreconditionMissingError extends AppError {
  readonly code = 'precondition-missing'
  readonly retry = 'never'

  constructor() {
    super('Say which version you change: send the ETag that you read as If-Match.')
  }
}

/** A trip to the sign-in service that did not end well; `providerCode` is its own word, for the log and for support. */
export class SignInError extends AppError {
  readonly retry = 'never'

  constructor(
    readonly code: 'consent-declined' | 'admin-consent-needed' | 'wrong-account' | 'sign-in-failed',
    message: string,
    readonly details: { providerCode?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
  }
}
