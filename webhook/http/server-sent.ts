import type { Response } from 'express'

/** Who reads this slowly is better off asking anew. */
const MAX_WAITING_BYTES = 1_000_000

/** Begins an answer of server-sent events. */
export function openStream(response: Response): void {
  response.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no', // nginx would hold events back
  })
  response.flushHeaders()
}

/** One event, under the name of its type. */
export function sendEvent(response: Response, event: { type: string }): void {
  if (response.writableLength > MAX_WAITING_BYTES) return void response.destroy()
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}
