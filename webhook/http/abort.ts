import type { Response } from 'express'

/** Aborts when the client goes away: what nobody waits for need not be asked of Graph. */
export function untilGone(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}
