import { createSseParser, type ServerSentEvent } from './sse-parser.ts'

/** The service sends a heartbeat each 15 s; after two missed ones the line is dead, whatever the browser thinks. */
const SILENCE_MS = 40_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000

export type EventStreamHandlers = {
  /** Connected, for the first time or again. What came in between was missed: load it. */
  onOpen: () => void
  onEvent: (event: ServerSentEvent) => void
  /** The line is down; the stream goes on trying. */
  onLost: () => void
  /** The service does not know us any more (401). The stream has ended. */
  onSignedOut: () => void
}

export type EventStreamOptions = EventStreamHandlers & {
  url: string
  firstWaitMs?: number
  silenceMs?: number
}

/**
 * Follows the service's events until the signal aborts.
 * Not the browser's EventSource: that one hides heartbeats and statuses, so a dead line or an ended session looks alive.
 */
export async function followEvents(
  options: EventStreamOptions,
  signal: AbortSignal,
): Promise<void> {
  const firstWaitMs = options.firstWaitMs ?? FIRST_WAIT_MS
  let waitMs = firstWaitMs
  while (!signal.aborted) {
    const ended = await readOnce(options, signal, () => (waitMs = firstWaitMs))
    if (signal.aborted) return
    if (ended === 'signed-out') return options.onSignedOut()
    options.onLost()
    await pause(waitMs, signal)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}

async function readOnce(
  options: EventStreamOptions,
  signal: AbortSignal,
  opened: () => void,
): Promise<'lost' | 'signed-out'> {
  const line = new AbortController()
  const hangUp = () => line.abort()
  const silenceMs = options.silenceMs ?? SILENCE_MS
  signal.addEventListener('abort', hangUp, { once: true })
  let watchdog = setTimeout(hangUp, silenceMs)
  try {
    const headers = { accept: 'text/event-stream' }
    const response = await fetch(options.url, { headers, signal: line.signal, cache: 'no-store' })
    if (response.status === 401) return 'signed-out'
    if (!response.ok || !response.body) return 'lost'
    opened()
    options.onOpen()
    const parse = createSseParser()
    const decoder = new TextDecoder()
    const reader = response.body.getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      clearTimeout(watchdog)
      watchdog = setTimeout(hangUp, silenceMs)
      parse(decoder.decode(piece.value, { stream: true })).forEach(options.onEvent)
    }
    return 'lost'
  } catch {
    return 'lost' // offline, refused, reset or hung up: all mean the same here
  } finally {
    clearTimeout(watchdog)
    signal.removeEventListener('abort', hangUp)
    line.abort()
  }
}

/** Waits, but not when the browser says that it is back online, nor when nobody listens any more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      globalThis.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    globalThis.addEventListener('online', done)
  })
}
