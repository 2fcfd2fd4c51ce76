import { z } from 'zod'
import { ProviderError } from '../../../errors.ts'
import type { Operation } from './network.ts'

const ErrorBody = z.object({ error: z.object({ code: z.string() }) })

/** Codes that mean "this delta token is gone, start the folder over" on any 4xx (graph-contract 3.3). */
const cursorCodes = new Set([
  'syncstatenotfound',
  'syncstateinvalid', // seen when immutable ids are switched on over an older link
  'resyncrequired',
  'invalidsyncstatedata',
])

/** No mailbox here, or none that may be reached (graph-contract 6.2); of subscriptions the second means another thing (1.6). */
const mailboxCodes = new Set(['mailboxnotenabledforrestapi', 'resourcenotfound'])

const onSubscriptions: readonly Operation[] = ['subscribe', 'subscriptions', 'renew', 'unsubscribe']

/**
 * Translates an answer that is not 2xx, by status and `error.code`, never by its message. Where Graph is to be left
 * alone, `closedForMs` says how long.
 */
export async function providerErrorFrom(
  response: Response,
  operation: Operation,
  closedForMs: number,
): Promise<ProviderError> {
  const { status } = response
  const providerCode = await codeOf(response)
  const [code, retry] = meaningOf(status, providerCode?.toLowerCase() ?? '', operation)
  const mayWait = code === 'throttled' || code === 'provider-unavailable'
  return new ProviderError(code, retry, `Graph answered ${status}.`, {
    status,
    ...(providerCode && { providerCode }),
    ...(mayWait && closedForMs > 0 && { retryAfterMs: closedForMs }),
  })
}

type Meaning = [ProviderError['code'], ProviderError['retry']]

function meaningOf(status: number, providerCode: string, operation: Operation): Meaning {
  if (status === 410 || (status < 500 && cursorCodes.has(providerCode)))
    return ['cursor-expired', 'after-resync']
  if (status === 401) return ['reconnect-needed', 'after-reconnect']
  if (status === 403) return ['access-denied', 'later']
  if (status === 404) return missing(providerCode, operation)
  if (status === 409 || status === 412) return ['conflict', 'later']
  if (status === 429) return ['throttled', 'later']
  if (status >= 500) return ['provider-unavailable', 'later']
  // An id that a person typed need not be one; it names no message then.
  if (operation === 'message' && providerCode === 'errorinvalididmalformed')
    return ['item-not-found', 'never']
  return ['unexpected-answer', 'later']
}

const missing = (providerCode: string, operation: Operation): Meaning =>
  mailboxCodes.has(providerCode) && !onSubscriptions.includes(operation)
    ? ['mailbox-unavailable', 'after-reconnect']
    : ['item-not-found', 'never']

async function codeOf(response: Response): Promise<string | undefined> {
  const body = ErrorBody.safeParse(await response.json().catch(() => null))
  return body.success ? body.data.error.code : undefined
}
