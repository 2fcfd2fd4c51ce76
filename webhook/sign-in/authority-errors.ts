import {
  AuthError,
  ClientAuthError,
  ClientAuthErrorCodes,
  InteractionRequiredAuthError,
  ServerError,
} from '@azure/msal-node'
import { MINUTE } from '../duration.ts'
import { ProviderError, SignInError } from '../errors.ts'
import { AADSTS_MEANINGS, type TroubleAction } from './decide/aadsts.ts'
import { actionOn, type Refusal } from './decide/trouble.ts'

/** "You are asking in a circle": a longer pause than after a hiccup (graph-contract 7.4). */
const LOOPING = numbers('50196 90055')
const LOOP_PAUSE_MS = 10 * MINUTE

/** The person did not agree. */
const DECLINED = numbers('65004')
/** Nobody may agree but an administrator, or the consent was refused to this person. */
const CONSENT_MISSING = numbers('65001 90094 90095')

/** What a mailbox's pass is told, by who must act (graph-contract 7.4). */
const TOLD: Record<
  TroubleAction,
  { code: ProviderError['code']; retry: ProviderError['retry']; message: string }
> = {
  reconnect: {
    code: 'reconnect-needed',
    retry: 'after-reconnect',
    message: 'The access to this mailbox has ended. Connect it again.',
  },
  consent: {
    code: 'consent-needed',
    retry: 'after-reconnect',
    message: 'FlowCRM must be allowed again to read this mailbox. Connect it again.',
  },
  admin: {
    code: 'admin-consent-needed',
    retry: 'after-reconnect',
    message: 'An administrator must allow FlowCRM for this organization.',
  },
  policy: {
    code: 'policy-blocked',
    retry: 'after-reconnect',
    message: 'A policy of this organization keeps FlowCRM out. An administrator can change it.',
  },
  operator: {
    code: 'operator-needed',
    retry: 'after-reconnect',
    message: 'FlowCRM cannot sign in with Microsoft. Whoever runs it must mend that.',
  },
  wait: {
    code: 'provider-unavailable',
    retry: 'later',
    message: 'The sign-in service gives no access at the moment. FlowCRM tries again by itself.',
  },
}

/** MSAL's failure to get a token for a mailbox, by class and number, never by words. */
export function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  const refusal = refusalIn(error)
  const providerCode = refusal.number || refusal.word
  const { code, retry, message } = TOLD[actionOn(refusal)]
  return new ProviderError(code, retry, message, {
    cause: error,
    ...(providerCode && { providerCode }),
    ...(LOOPING.has(refusal.number) && { retryAfterMs: LOOP_PAUSE_MS }),
  })
}

/** MSAL's failure to redeem a code after somebody signed in. */
export function toSignInError(error: unknown): SignInError | ProviderError {
  const refusal = refusalIn(error)
  const passes = AADSTS_MEANINGS.get(Number(refusal.number))?.action === 'wait'
  if (isUnreachable(error) || passes) return toProviderError(error)
  return signInErrorOf({ ...refusal, cause: error })
}

/** The refusal that an authorise page sent back: `error`, and its number in `error_uri` or `error_description`. */
export function refusedSignIn(query: Readonly<Record<string, unknown>>): SignInError {
  const word = typeof query['error'] === 'string' ? query['error'] : ''
  return signInErrorOf({ number: numberIn(query), word })
}

type SignInRefusal = { number: string; word: string; cause?: unknown }

function signInErrorOf({ number, word, cause }: SignInRefusal): SignInError {
  const details = {
    ...(number || word ? { providerCode: (number || word).slice(0, 100) } : {}),
    ...(cause === undefined ? {} : { cause }),
  }
  if (DECLINED.has(number) || word === 'access_denied')
    return new SignInError(
      'consent-declined',
      'You did not agree to what FlowCRM asked for, so nothing was connected. You can try again at any time.',
      details,
    )
  if (CONSENT_MISSING.has(number) || word === 'consent_required')
    return new SignInError(
      'admin-consent-needed',
      'Your organization lets only administrators agree to this. Ask an administrator to allow FlowCRM, then try again.',
      details,
    )
  return new SignInError('sign-in-failed', 'The sign-in did not work. Try again.', details)
}

function refusalIn(error: unknown): Refusal {
  if (!(error instanceof AuthError))
    return { number: '', word: '', subWord: '', needsInteraction: false }
  const needsInteraction = error instanceof InteractionRequiredAuthError
  const numbered = error instanceof ServerError || needsInteraction
  // Typed as a string, but MSAL passes on what Entra sends: a number.
  const number = String((numbered && error.errorNo) || '')
  return { number, word: error.errorCode, subWord: error.subError, needsInteraction }
}

const isUnreachable = (error: unknown) =>
  error instanceof ProviderError ||
  (error instanceof ClientAuthError && error.errorCode === ClientAuthErrorCodes.networkError)

/** The front channel has no field for the number; it begins the description, and ends the link to the explanation. */
function numberIn({ error_uri: uri, error_description: text }: Readonly<Record<string, unknown>>) {
  const linked = typeof uri === 'string' ? /[?&]code=(\d{3,10})$/.exec(uri)?.[1] : undefined
  const said = typeof text === 'string' ? /^AADSTS(\d{3,10}):/.exec(text)?.[1] : undefined
  return linked ?? said ?? ''
}

function numbers(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
