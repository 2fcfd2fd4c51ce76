import type { ZodType } from 'zod'
import { errorOfReply, noAnswer, unreadable } from '../../ui/api/api-error.ts'
import { createSseParser } from './sse-parser.ts'

export type AnswerListener<T> = { onEvent: (event: T) => void; signal: AbortSignal }

/**
 * Posts, and hears the answer event by event as it comes; resolves at its end. Rejects with an ApiError, also when the
 * answer breaks off. Events of a kind this page does not know are passed over.
 */
export async function followAnswer<T>(
  { url, headers }: { url: string; headers: Record<string, string> },
  schema: ZodType<T>,
  { onEvent, signal }: AnswerListener<T>,
): Promise<void> {
  const asked = { method: 'POST', headers: { accept: ACCEPTED, ...headers }, signal } as const
  const response = await fetch(url, asked).catch(rethrowAsNoAnswer)
  if (!response.ok) throw errorOfReply(response, await response.json().catch(() => undefined))
  if (!response.body) throw unreadable(response)
  const parse = createSseParser()
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(rethrowAsNoAnswer)
    if (done) return
    for (const { data } of parse(decoder.decode(value, { stream: true }))) {
      const event = schema.safeParse(parsed(data))
      if (event.success) onEvent(event.data)
    }
  }
}

const ACCEPTED = 'text/event-stream, application/problem+json'

function rethrowAsNoAnswer(cause: unknown): never {
  throw noAnswer(cause)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
