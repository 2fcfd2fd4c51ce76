import type { Response } from 'express'

/** Aborts when the client goes away: what nobody waits for need not be asked of Graph. */
export function untilGone(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}

/** Whether a download failed because the browser did not wait for its end. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && Reflect.get(error, 'code') === 'ERR_STREAM_PREMATURE_CLOSE'
