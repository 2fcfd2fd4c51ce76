import type { Failure } from '../../ui/api/failure.ts'

export type SignInCode =
  | 'popup-blocked'
  | 'consent-missing'
  | 'approval-needed'
  | 'sign-in-cancelled'
  | 'sign-in-timed-out'
  | 'sign-in-unreachable'
  | 'sign-in-refused'

const DETAIL: Record<SignInCode, string> = {
  'popup-blocked':
    'The sign-in window was blocked. Allow pop-ups for this page in your browser, then sign in again.',
  'consent-missing':
    'FlowCRM needs your agreement before it can work for you. Sign in again, and choose Accept in the window.',
  'approval-needed':
    'An administrator of your organization has to approve FlowCRM first. Ask one, then sign in again.',
  'sign-in-cancelled': 'The sign-in was not finished, so you are not signed in.',
  'sign-in-timed-out': 'The sign-in window did not answer in time. Sign in again.',
  'sign-in-unreachable':
    'The sign-in service could not be reached. Check your connection, then sign in again.',
  'sign-in-refused': 'The sign-in did not work. Sign in again; if it stays, tell support.',
}

/** A sign-in that did not happen, in words. `requestId` is the correlation id a support desk can look up. */
export class SignInError extends Error implements Failure {
  override readonly name = 'SignInError'
  readonly detail: string
  readonly retryAfterSeconds = null

  constructor(
    readonly code: SignInCode,
    readonly requestId: string | null = null,
  ) {
    super(code)
    this.detail = DETAIL[code]
  }
}

/** MSAL's codes and Entra's error names that we can say something better about. */
const KNOWN = new Map<string, SignInCode>([
  ['popup_window_error', 'popup-blocked'],
  ['empty_window_error', 'popup-blocked'],
  ['consent_required', 'consent-missing'],
  ['user_cancelled', 'sign-in-cancelled'],
  ['access_denied', 'sign-in-cancelled'],
  ['interaction_in_progress_cancelled', 'sign-in-cancelled'],
  ['timed_out', 'sign-in-timed-out'],
  ['no_network_connectivity', 'sign-in-unreachable'],
  ['post_request_failed', 'sign-in-unreachable'],
  ['get_request_failed', 'sign-in-unreachable'],
])

/** By Entra's own numbers, which say more than its names. */
const NUMBERED = new Map<string, SignInCode>([
  ['65001', 'consent-missing'],
  ['65004', 'consent-missing'],
  ['90008', 'approval-needed'],
  ['90094', 'approval-needed'],
  ['90095', 'approval-needed'],
])

/** Turns what MSAL threw into ours, by its codes and never by its words. */
export function toSignInError(error: unknown): SignInError {
  if (error instanceof SignInError) return error
  const { errorCode, errorNo, correlationId } = partsOf(error)
  const code = NUMBERED.get(errorNo) ?? KNOWN.get(errorCode)
  return new SignInError(code ?? 'sign-in-refused', correlationId || null)
}

function partsOf(error: unknown) {
  const text = (key: string) => {
    const value: unknown = error instanceof Error ? Reflect.get(error, key) : undefined
    return typeof value === 'string' ? value : ''
  }
  return {
    errorCode: text('errorCode'),
    errorNo: text('errorNo'),
    correlationId: text('correlationId'),
  }
}
