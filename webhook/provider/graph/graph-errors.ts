import { z } from 'zod'
import { ProviderError } from '../../errors.ts'
import { parseRetryAfter } from './retry-after.ts'

const ErrorBody = z.object({ error: z.object({ code: z.string() }) })

/** Codes that mean "this delta token is gone, start the folder over" on any 4xx (graph-contract 3.3). */
const cursorCodes = new Set([
  'syncstatenotfound',
  'syncstateinvalid', // seen when immutable ids are switched on over an older link
  'resyncrequired',
  'invalidsyncstatedata',
])

/** Translates an answer that is not 2xx, by status and `error.code`, never by its message. */
export async function providerErrorFrom(response: Response, now: Date): Promise<ProviderError> {
  const providerCode = await codeOf(response)
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now)
  const details = {
    status: response.status,
    ...(providerCode && { providerCode }),
    ...(retryAfterMs !== null && { retryAfterMs }),
  }
  const [code, retry] = meaningOf(response.status, providerCode)
  return new ProviderError(code, retry, `Graph answered ${response.status}.`, details)
}

type Meaning = [ProviderError['code'], ProviderError['retry']]

function meaningOf(status: number, providerCode = ''): Meaning {
  if (status === 410 || (status < 500 && cursorCodes.has(providerCode.toLowerCase())))
    return ['cursor-expired', 'after-resync']
  if (status === 401) return ['reconnect-needed', 'after-reconnect']
  if (status === 403) return ['access-denied', 'later']
  if (status === 404) return ['item-not-found', 'never']
  if (status === 409 || status === 412) return ['conflict', 'later']
  if (status === 429) return ['throttled', 'later']
  if (status >= 500) return ['provider-unavailable', 'later']
  return ['unexpected-answer', 'later']
}

async function codeOf(response: Response): Promise<string | undefined> {
  const body = ErrorBody.safeParse(await response.json().catch(() => null))
  return body.success ? body.data.error.code : undefined
}
