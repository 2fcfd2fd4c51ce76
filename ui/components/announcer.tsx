import { createContext, useCallback, useContext, useState, type ReactNode } from 'react'
import { Hidden } from './hidden.tsx'

type Announce = (words: string) => void

const AnnounceContext = createContext<Announce>(() => undefined)

/** Says a sentence to people who listen to the page, politely: when they pause. Works below an `Announcer`. */
export const useAnnounce = (): Announce => useContext(AnnounceContext)

/** Holds the page's one polite live region. It is there from the start: a region added with its text is not read. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ words: '', turn: 0 })
  const announce = useCallback<Announce>(
    (words) => setSaid((last) => ({ words, turn: last.turn + 1 })),
    [],
  )
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <Hidden>
        <span role="status" aria-live="polite">
          {/* A new element each time, so that the same sentence twice is read twice. */}
          <span key={said.turn}>{said.words}</span>
        </span>
      </Hidden>
    </AnnounceContext.Provider>
  )
}
