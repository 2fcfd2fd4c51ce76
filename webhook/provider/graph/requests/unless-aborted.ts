import { setMaxListeners } from 'node:events'

/**
 * What `work` comes to, unless the signal aborts first: then its reason is thrown, and nobody waits for the rest.
 */
export async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work
  signal.throwIfAborted()
  let stopListening = () => undefined as void
  const aborted = new Promise<never>((_, reject) => {
    stopListening = whenAborted(signal, () => reject(reasonOf(signal)))
  })
  return Promise.race([work, aborted]).finally(stopListening)
}

/** Listens until the answer is called. Many requests are made under one signal, so nothing may stay behind on it. */
export function whenAborted(signal: AbortSignal, act: () => void): () => void {
  setMaxListeners(0, signal) // as many as there are requests; Node warns of a leak from the eleventh
  signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error(String(reason))
