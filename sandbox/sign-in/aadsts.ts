import type { Clock } from '../../webhook/clock.ts'
import type { Random } from '../random.ts'
import { AADSTS_TABLE, CODES_WITH_CLAIMS, type AadstsCode } from './aadsts-table.ts'

export type { AadstsCode }

/** The body of graph-contract 7.4. */
export type TokenErrorBody = {
  error: string
  error_description: string
  error_codes: number[]
  timestamp: string
  trace_id: string
  correlation_id: string
  error_uri: string
  suberror?: string
  claims?: string
}

/** Which policy the client shall satisfy: the value is opaque to it. */
const CLAIMS_CHALLENGE = JSON.stringify({
  access_token: {
    capolids: { essential: true, values: ['c0ffee00-cafe-4c0f-8e00-00000000cafe'] },
  },
})

/** A refusal as Entra words it; `code` is stable, `aadsts` its number. */
export class AadstsError extends Error {
  readonly code = 'aadsts'

  constructor(
    readonly aadsts: AadstsCode,
    /** Said after the table's own description. Never holds a secret. */
    readonly detail = '',
  ) {
    super(`AADSTS${aadsts}: ${AADSTS_TABLE[aadsts][1]}${detail && ` ${detail}`}`)
    this.name = 'AadstsError'
  }

  /** The OAuth word, such as `invalid_grant`. */
  get error(): string {
    return AADSTS_TABLE[this.aadsts][0]
  }

  /** 503 when it passes by itself, 401 for a client that cannot prove itself, else 400 (graph-contract 7.4, inferred there). */
  get status(): number {
    if (this.error === 'temporarily_unavailable') return 503
    return this.error === 'invalid_client' ? 401 : 400
  }
}

export type ErrorContext = { clock: Clock; random: Random; url: () => string }

export function tokenErrorBody(
  failure: AadstsError,
  { clock, random, url }: ErrorContext,
  correlationId?: string,
): TokenErrorBody {
  const timestamp = clock
    .now()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z')
  const traceId = random.guid()
  const correlation = correlationId ?? random.guid()
  const suberror: string | undefined = AADSTS_TABLE[failure.aadsts][2]
  return {
    error: failure.error,
    error_description: `${failure.message} Trace ID: ${traceId} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [failure.aadsts],
    timestamp,
    trace_id: traceId,
    correlation_id: correlation,
    error_uri: `${url()}/error?code=${failure.aadsts}`,
    ...(suberror && { suberror }),
    ...(CODES_WITH_CLAIMS.has(failure.aadsts) && { claims: CLAIMS_CHALLENGE }),
  }
}
