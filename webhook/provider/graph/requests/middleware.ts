import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client'
import { type AccessToken, wantedAfter } from './access-token.ts'
import { providerErrorFrom } from './graph-errors.ts'
import type { MailboxGate } from './mailbox-gate.ts'
import { send, type NetworkParts, type Operation } from './network.ts'
import { open, type BytesComing } from './streaming.ts'

export type ChainParts = NetworkParts & {
  accessToken: AccessToken
  /** The mailbox's gate as it is now. */
  gate: () => MailboxGate
}

/**
 * What our steps must know of a call. The SDK wraps what a middleware throws and loses it; the error itself comes back
 * through here.
 */
export class Call implements MiddlewareOptions {
  failure: unknown
  /** Of an answer that streams: what is still to come of it. */
  bytes: BytesComing | undefined

  constructor(
    readonly operation: Operation,
    readonly how: { streams: boolean } = { streams: false },
  ) {}
}

/** Our chain instead of the SDK's default, whose retry handler knows nothing of mailboxes (house decision 7). */
export function chain(parts: ChainParts): Middleware[] {
  const { accessToken, gate } = parts
  return [
    around(keepFailure),
    around(async (context, next) => {
      await next(context)
      const { operation } = callOf(context)
      if (context.response && !context.response.ok)
        throw await providerErrorFrom(context.response, operation, gate().closedForMs())
    }),
    around(async (context, next) => {
      setHeader(context, 'Prefer', preferring(context))
      setHeader(context, 'Authorization', `Bearer ${await accessToken()}`)
      await next(context)
      if (context.response?.status !== 401 && context.response?.status !== 403) return
      const wanted = wantedAfter(context.response)
      setHeader(context, 'Authorization', `Bearer ${await accessToken(wanted)}`)
      await next(context)
    }),
    around(async (context) => {
      const { request, options: init = {} } = context
      const url = typeof request === 'string' ? request : request.url
      const call = callOf(context)
      const sending = { url, init, operation: call.operation }
      const signal = init.signal ?? undefined
      if (!call.how.streams) {
        context.response = await gate().pass(() => send(parts, sending), signal)
        return
      }
      const { answer, leave } = await gate().hold(() => open(parts, sending), signal)
      context.response = answer.response
      if (answer.coming) call.bytes = answer.coming(leave)
      else leave()
    }),
  ]
}

type Next = (context: Context) => Promise<void>

function around(step: (context: Context, next: Next) => Promise<void>): Middleware {
  let following: Middleware | undefined
  return {
    setNext: (middleware) => void (following = middleware),
    execute: (context) => step(context, async (onward) => following?.execute(onward)),
  }
}

async function keepFailure(context: Context, next: Next) {
  try {
    await next(context)
  } catch (error) {
    callOf(context).failure = error
    throw error
  }
}

function callOf(context: Context): Call {
  const call = context.middlewareControl?.getMiddlewareOptions(Call)
  if (call instanceof Call) return call
  throw new Error('A request to Graph must say what it asks.')
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

/** Immutable ids on every request (graph-contract 4.2), beside what the request itself prefers. */
function preferring(context: Context): string {
  const own = headersOf(context)['Prefer']
  return own ? `${own}, ${IMMUTABLE_IDS}` : IMMUTABLE_IDS
}
