import {
  AuthError,
  ClientAuthError,
  ClientAuthErrorCodes,
  InteractionRequiredAuthError,
  ServerError,
} from '@azure/msal-node'
import { ProviderError, SignInError } from '../errors.ts'

/** AADSTS numbers an administrator of the tenant must settle (graph-contract 7.4). */
const FOR_THE_ADMIN = numbers('90094 90095 90008 650052 650056 500011 50105 700016 7000112')
/** Our own registration or credential is at fault, for every mailbox alike: people cannot mend it. */
const FOR_THE_OPERATOR = numbers('7000215 7000222 700027 70002 50194')
/** Passes by itself. */
const TRANSIENT = numbers('50033 50087 40010 90006 90012 90024 90033 90055 90090 50196')

/** OAuth's words for "this grant gives nothing any more". */
const GRANT_IS_OVER: ReadonlySet<string> = new Set(['invalid_grant', 'access_denied'])

/** The person did not agree. */
const DECLINED = numbers('65004')
/** Nobody may agree but an administrator, or the consent was refused to this person. */
const CONSENT_MISSING = numbers('65001 90094 90095')

/** MSAL's failure to get a token for a mailbox, by class and number, never by words. */
export function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  const parts = partsOf(error)
  const { number, word } = parts
  const details = { cause: error, ...(number || word ? { providerCode: number || word } : {}) }
  if (FOR_THE_ADMIN.has(number))
    return new ProviderError(
      'admin-consent-needed',
      'after-reconnect',
      'An administrator must allow FlowCRM for this organisation.',
      details,
    )
  if (needsThePerson(error, parts))
    return new ProviderError(
      'reconnect-needed',
      'after-reconnect',
      'The access to this mailbox has ended. Connect it again.',
      details,
    )
  return new ProviderError(
    'provider-unavailable',
    'later',
    'The sign-in service gives no access at the moment. FlowCRM tries again by itself.',
    details,
  )
}

function needsThePerson(error: unknown, { number, word }: Parts): boolean {
  if (FOR_THE_OPERATOR.has(number) || TRANSIENT.has(number)) return false
  return error instanceof InteractionRequiredAuthError || GRANT_IS_OVER.has(word)
}

/** MSAL's failure to redeem a code after somebody signed in. */
export function toSignInError(error: unknown): SignInError | ProviderError {
  const { number, word } = partsOf(error)
  if (isUnreachable(error) || TRANSIENT.has(number)) return toProviderError(error)
  return signInErrorOf({ number, word, cause: error })
}

/** The refusal that an authorise page sent back: `error`, and its number in `error_uri` or `error_description`. */
export function refusedSignIn(query: Readonly<Record<string, unknown>>): SignInError {
  const word = typeof query['error'] === 'string' ? query['error'] : ''
  return signInErrorOf({ number: numberIn(query), word })
}

function signInErrorOf({ number, word, cause }: { number: string; word: string; cause?: unknown }) {
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
      'Your organisation lets only administrators agree to this. Ask an administrator to allow FlowCRM, then try again.',
      details,
    )
  return new SignInError('sign-in-failed', 'The sign-in did not work. Try again.', details)
}

type Parts = { number: string; word: string }

function partsOf(error: unknown): Parts {
  if (!(error instanceof AuthError)) return { number: '', word: '' }
  const numbered = error instanceof ServerError || error instanceof InteractionRequiredAuthError
  // Typed as a string, but MSAL passes on what Entra sends: a number.
  return { number: String((numbered && error.errorNo) || ''), word: error.errorCode }
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
