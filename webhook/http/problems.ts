import {
  AppError,
  BadRequestError,
  ProviderError,
  TakenError,
  TooManyRequestsError,
} from '../errors.ts'

/** What an error is on the wire: its stable code, its status, a title for people. */
export type ProblemKind = { code: string; status: number; title: string }

const kind = (code: string, status: number, title: string): ProblemKind => ({ code, status, title })

const unavailable = kind('provider-unavailable', 503, 'Microsoft 365 does not answer')

const ended = kind('workspace-ended', 410, 'This workspace was ended')

export const internal = kind('internal', 500, 'Something went wrong')

/** By the code of the AppError; a code that is not here is nobody's business outside, and so `internal`. */
const KINDS = new Map<string, ProblemKind>([
  ['not-signed-in', kind('not-signed-in', 401, 'Not signed in')],
  ['forbidden', kind('forbidden', 403, 'Not allowed')],
  ['csrf', kind('csrf', 403, 'Not from our page')],
  ['kept-out', kind('kept-out', 403, 'Kept out of the CRM')],
  ['not-found', kind('not-found', 404, 'Not found')],
  ['workspace-ended', ended],
  ['keys-destroyed', ended],
  ['invalid-request', kind('invalid-request', 400, 'Not understood')],
  ['too-large', kind('too-large', 413, 'Too large')],
  ['conflict', kind('conflict', 409, 'Changed meanwhile')],
  ['attachment-not-here', kind('attachment-not-here', 409, 'Not stored here')],
  ['changed-meanwhile', kind('changed-meanwhile', 412, 'Changed meanwhile')],
  ['taken', kind('taken', 409, 'Belongs to another')],
  ['test-running', kind('test-running', 409, 'A test is running')],
  ['own-mailbox', kind('own-mailbox', 409, 'A connected mailbox')],
  ['erased-person', kind('erased-person', 409, 'Erased on request')],
  ['precondition-missing', kind('precondition-missing', 428, 'No version given')],
  ['too-many-requests', kind('too-many-requests', 429, 'Too many requests')],
  ['store-unavailable', kind('store-unavailable', 503, 'The database does not answer')],
  ['not-ready', kind('not-ready', 503, 'This instance is not at work')],
  ['root-key-missing', kind('not-ready', 503, 'This instance is not at work')],
  ['consent-declined', kind('consent-declined', 403, 'Not agreed to')],
  ['admin-consent-needed', kind('admin-consent-needed', 403, 'An administrator must agree')],
  ['wrong-account', kind('wrong-account', 403, 'Another account')],
  ['sign-in-failed', kind('sign-in-failed', 400, 'Not signed in')],
  // What the provider answered, in terms of this API.
  ['reconnect-needed', kind('mailbox-reconnect', 409, 'The mailbox must be connected again')],
  ['consent-needed', kind('mailbox-consent', 409, 'The mailbox must be allowed again')],
  ['policy-blocked', kind('mailbox-policy', 403, 'A policy of the organization keeps FlowCRM out')],
  ['operator-needed', kind('operator-needed', 502, 'FlowCRM cannot sign in with Microsoft')],
  ['mailbox-unavailable', kind('mailbox-unavailable', 404, 'Microsoft 365 has no such mailbox')],
  ['access-denied', kind('mailbox-access-denied', 403, 'Microsoft 365 refuses this mailbox')],
  ['item-not-found', kind('not-found', 404, 'Not found')],
  ['provider-unavailable', unavailable],
  ['throttled', unavailable],
  ['cursor-expired', unavailable],
  ['unexpected-answer', unavailable],
])

export const kindOf = (error: unknown): ProblemKind =>
  (error instanceof AppError && KINDS.get(error.code)) || internal

/** Seconds after which to try again, or null when trying again is of no use. */
export function retryAfterSecondsOf(error: unknown): number | null {
  if (error instanceof TooManyRequestsError) return Math.ceil(error.waitMs / 1_000)
  if (kindOf(error).status !== 503) return null
  const ms = error instanceof ProviderError ? error.details.retryAfterMs : undefined
  return ms === undefined ? 5 : Math.max(1, Math.ceil(ms / 1_000))
}

export const fieldsOf = (error: unknown) =>
  (error instanceof BadRequestError || error instanceof TakenError) && error.fields.length > 0
    ? error.fields
    : undefined
