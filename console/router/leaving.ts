/** What an entry of the history knows of itself; one that we did not make knows nothing. */
export type Entry = { place: number; stay: string; isOver: boolean }

/** Is told that the page is about to be left; whoever wants that calls `go`. */
export type Asked = (go: () => void) => void

type Guard = { address: string; place: number; ask: Asked }

/** There is one page at a time, so one that wants to be asked. */
let guard: Guard | null = null

/** Where the page is. What the browser says is not believed while somebody is still asked. */
export const addressNow = (): string => guard?.address ?? browserAddress()

/**
 * From now on whatever leaves this address asks first: links, signing out, and the browser's own back and forward. What ends
 * the document is the caller's. The answer lifts it.
 */
export function guardLeaving(ask: Asked): () => void {
  const mine = { address: browserAddress(), place: placeInHistory(), ask }
  guard = mine
  addEventListener('popstate', holdBack, { capture: true }) // before those who would show the other page
  return () => {
    if (guard !== mine) return
    lift()
  }
}

/** Goes there at once where nothing is lost by it, else when the reader says so. */
export function unlessHeld(address: string, go: () => void): void {
  if (address === guard?.address) return // where the reader is
  unlessUnsaved(go)
}

/** The same for what leaves every address, such as signing out. */
export function unlessUnsaved(go: () => void): void {
  if (!guard) return go()
  guard.ask(() => {
    lift()
    go()
  })
}

/** How many steps of ours lie before this one, as its entry in the history has it; entries that others made count none. */
export const placeInHistory = (): number => ownEntry().place ?? 0

/** Names the stay on a page, with all that lay over it: the same when the browser goes back there, another one for each link. */
export const stayInHistory = (): string => ownEntry().stay ?? ''

const ownEntry = (): Partial<Entry> => (history.state as Entry | null) ?? {}

/** The browser has moved already: it is sent back to where the page is, and on again when the reader says so. */
function holdBack(event: PopStateEvent): void {
  if (!guard) return
  event.stopImmediatePropagation()
  const steps = placeInHistory() - guard.place
  if (steps === 0) return // it is back
  history.go(-steps)
  guard.ask(() => {
    lift()
    history.go(steps)
  })
}

function lift(): void {
  guard = null
  removeEventListener('popstate', holdBack, { capture: true })
}

const browserAddress = (): string => location.pathname + location.search
