import { MAX_STREAM_MS } from '../limits.ts'
import { Trip, unreachable, whole, type NetworkParts, type Sending } from './network.ts'

/** What is still to come of an answer. Whoever begins must go on to the end, or `return` it. */
export type BytesComing = AsyncGenerator<Uint8Array, void, undefined>

/** An answer of which the headers are here. `coming` is null when it is whole: a refusal, or nothing. */
export type Opened = Pick<Response, 'status' | 'headers'> & {
  response: Response
  coming: ((leave: () => void) => BytesComing) | null
}

/**
 * One request whose answer may be too large to hold. The deadline is for its headers and then for each next piece, and
 * the whole has its own.
 */
export async function open(parts: NetworkParts, sending: Sending): Promise<Opened> {
  const trip = new Trip(parts, sending)
  try {
    const response = await trip.within((signal) => trip.fetch(signal))
    const { status, headers, ok, body } = response
    if (ok && body) {
      const bodiless = new Response(null, { status, headers })
      return { status, headers, response: bodiless, coming: (leave) => pieces(trip, body, leave) }
    }
    const refusal = await trip.within(() => whole(response))
    trip.outcome = status
    trip.end()
    return { status, headers, response: refusal, coming: null }
  } catch (error) {
    trip.end()
    throw error
  }
}

async function* pieces(
  trip: Trip,
  body: ReadableStream<Uint8Array>,
  leave: () => void,
): BytesComing {
  const reader = body.getReader()
  trip.outcome = 'given-up' // unless it is read to its end
  try {
    for (;;) {
      const { done, value } = await trip.within(() => reader.read())
      if (done) break
      if (trip.ms > MAX_STREAM_MS) throw tooSlow(trip)
      yield value
    }
    trip.outcome = 200
  } finally {
    leave()
    trip.end()
    await reader.cancel().catch(() => undefined) // what broke off is closed already
  }
}

function tooSlow(trip: Trip) {
  trip.outcome = 'too-slow'
  return unreachable()
}
