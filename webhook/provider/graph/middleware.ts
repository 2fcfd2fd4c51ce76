import {
  HTTPMessageHandler,
  type Context,
  type Middleware,
  type MiddlewareOptions,
} from '@microsoft/microsoft-graph-client'
import type { Clock } from '../../clock.ts'
import { AppError, ProviderError } from '../../errors.ts'
import { providerErrorFrom } from './graph-errors.ts'
import { REQUEST_DEADLINE_MS } from './limits.ts'
import type { MailboxGate } from './mailbox-gate.ts'

export type ChainParts = {
  /** `fresh`: not from a cache; the last one was refused. */
  accessToken: (options?: { fresh: boolean }) => Promise<string>
  gate: MailboxGate
  clock: Clock
}

/** The SDK wraps what a middleware throws and loses it; the error itself comes back through this slot. */
export class FailureSlot implements MiddlewareOptions {
  failure: unknown
}

/** Our chain instead of the SDK's default, whose retry handler knows nothing of mailboxes (house decision 7). */
export function chain({ accessToken, gate, clock }: ChainParts): Middleware[] {
  return [
    around(keepFailure),
    around((context, next) => gate.pass(() => next(context))),
    around(async (context, next) => {
      await next(context)
      if (context.response && !context.response.ok)
        throw await refusal(context.response, gate, clock)
    }),
    around(async (context, next) => {
      setHeader(context, 'Authorization', `Bearer ${await accessToken()}`)
      await next(context)
      if (context.response?.status !== 401 && context.response?.status !== 403) return
      // Revoked or expired before its time, or older than a consent: a new token tells what holds now.
      setHeader(context, 'Authorization', `Bearer ${await accessToken({ fresh: true })}`)
      await next(context)
    }),
    around(async (context, next) => {
      setHeader(context, 'Prefer', preferring(context))
      await next(context)
    }),
    around(withDeadline),
    new HTTPMessageHandler(),
  ]
}

type Step = (context: Context, next: (context: Context) => Promise<void>) => Promise<void>

function around(step: Step): Middleware {
  let next: Middleware
  return {
    setNext: (middleware) => void (next = middleware),
    execute: (context) => step(context, (onward) => next.execute(onward)),
  }
}

async function keepFailure(context: Context, next: (context: Context) => Promise<void>) {
  try {
    await next(context)
  } catch (error) {
    const slot = context.middlewareControl?.getMiddlewareOptions(FailureSlot)
    if (slot instanceof FailureSlot) slot.failure = error
    throw error
  }
}

async function withDeadline(context: Context, next: (context: Context) => Promise<void>) {
  const deadline = AbortSignal.timeout(REQUEST_DEADLINE_MS)
  const asked = context.options?.signal
  const signal = asked ? AbortSignal.any([asked, deadline]) : deadline
  try {
    context.options = { ...context.options, signal }
    await next(context)
  } catch (cause) {
    if (asked?.aborted || cause instanceof AppError) throw cause
    throw new ProviderError('provider-unavailable', 'later', 'Graph could not be reached.', {
      cause,
    })
  }
}

async function refusal(
  response: Response,
  gate: MailboxGate,
  clock: Clock,
): Promise<ProviderError> {
  const error = await providerErrorFrom(response, clock.now())
  if (error.code === 'throttled' && error.details.retryAfterMs !== undefined)
    gate.closeFor(error.details.retryAfterMs)
  return error
}

const headersOf = (context: Context): Record<string, string> => {
  const headers = (context.options?.headers ?? {}) as Record<string, string>
  context.options = { ...context.options, headers }
  return headers
}

const setHeader = (context: Context, name: string, value: string) => {
  headersOf(context)[name] = value
}

const IMMUTABLE_IDS = 'IdType="ImmutableId"'

/** Immutable ids on every request (graph-contract 4.2), beside what the request itself prefers; once, also on a retry. */
function preferring(context: Context): string {
  const own = headersOf(context)['Prefer']
  return !own || own.includes(IMMUTABLE_IDS) ? (own ?? IMMUTABLE_IDS) : `${own}, ${IMMUTABLE_IDS}`
}
