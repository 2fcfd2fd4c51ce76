import { useEffect, useRef, useState } from 'react'
import { LiveEvent } from '../../models/wire/email.ts'
import { followEvents } from './event-stream.ts'
import type { ServerSentEvent } from './sse-parser.ts'

export type LineStatus = 'connecting' | 'live' | 'reconnecting'

export type LiveEventHandlers = {
  onOpen: () => void
  onEvent: (event: LiveEvent) => void
  onSignedOut: () => void
}

/** Follows what happens while the page is open. The latest handlers are called; the line is opened once. */
export function useLiveEvents(url: string, handlers: LiveEventHandlers): LineStatus {
  const [status, setStatus] = useState<LineStatus>('connecting')
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })

  useEffect(() => {
    const closing = new AbortController()
    const options = {
      url,
      onOpen: () => {
        setStatus('live')
        latest.current.onOpen()
      },
      onEvent: (raw: ServerSentEvent) => {
        const event = readEvent(raw)
        if (event) latest.current.onEvent(event)
      },
      onLost: () => setStatus('reconnecting'),
      onSignedOut: () => latest.current.onSignedOut(),
    }
    void followEvents(options, closing.signal)
    return () => closing.abort()
  }, [url])

  return status
}

/** An event of a kind this page does not know yet is passed over: a newer service may send it. */
function readEvent({ data }: ServerSentEvent): LiveEvent | undefined {
  try {
    return LiveEvent.safeParse(JSON.parse(data)).data
  } catch {
    return undefined
  }
}
