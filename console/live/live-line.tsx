import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  type ReactNode,
} from 'react'
import { useLiveEvents, type LineStatus, type LiveEventHandlers } from './use-live-events.ts'

/** `onOpen`: the line is up, for the first time or again; what came in between was missed. */
export type LiveListener = Pick<LiveEventHandlers, 'onOpen' | 'onEvent'>

type Line = { status: LineStatus; listen: (listener: LiveListener) => () => void }

const LineContext = createContext<Line>({ status: 'connecting', listen: () => () => undefined })

export type LiveLineProps = { url: string; onSignedOut: () => void; children: ReactNode }

/** One line to the service for all pages; it stays open while one goes from page to page. */
export function LiveLine({ url, onSignedOut, children }: LiveLineProps) {
  const listeners = useRef(new Set<LiveListener>())
  const status = useLiveEvents(url, {
    onOpen: () => listeners.current.forEach((each) => each.onOpen()),
    onEvent: (event) => listeners.current.forEach((each) => each.onEvent(event)),
    onSignedOut,
  })
  const listen = useCallback((listener: LiveListener) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  }, [])
  const line = useMemo(() => ({ status, listen }), [status, listen])
  return <LineContext.Provider value={line}>{children}</LineContext.Provider>
}

/**
 * Listens while the page is open, by its latest handlers. Nothing is missed between two pages: a page asks for what it
 * shows when it opens, and listens from then on.
 */
export function useLive(listener: LiveListener): LineStatus {
  const { status, listen } = useContext(LineContext)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(
    () =>
      listen({
        onOpen: () => latest.current.onOpen(),
        onEvent: (event) => latest.current.onEvent(event),
      }),
    [listen],
  )
  return status
}
