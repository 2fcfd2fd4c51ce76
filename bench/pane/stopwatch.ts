declare global {
  interface Window {
    stopwatch: Stopwatch
  }
}

/** Times of the pane's own clock, in ms since it was navigated to. */
export type Stopwatch = {
  /** The subject of what is open, as the host told it. */
  subject: string | null
  toldAt: number
  /** The frame in which that message's card is on show; 0: not yet. */
  shownAt: number
}

/**
 * Runs in every frame before its own scripts, and does nothing outside the pane. Shown is shown: from the first frame
 * that is painted with the subject and the card of what the CRM knows.
 *
 * Its text is handed to the browser, so it uses nothing from around it, and names no functions (the loader would wrap them).
 */
export function startStopwatch(): void {
  if (!location.pathname.endsWith('/taskpane.html')) return
  window.stopwatch = { subject: null, toldAt: 0, shownAt: 0 }
  window.addEventListener('message', ({ data }: MessageEvent<Told | null>) => {
    if (!data?.item) return
    const { subject } = data.item
    window.stopwatch = { subject, toldAt: performance.now(), shownAt: 0 }
  })
  new MutationObserver(() => {
    const { stopwatch } = window
    if (stopwatch.subject === null || stopwatch.shownAt !== 0) return
    if (document.querySelector('main h2')?.textContent !== stopwatch.subject) return
    if (!document.querySelector('section[aria-label="In the CRM"]')) return
    stopwatch.shownAt = -1
    // The task after a frame's callbacks runs when the frame has been made.
    requestAnimationFrame(() => setTimeout(() => (stopwatch.shownAt = performance.now()), 0))
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

/** What the sandbox's host page tells office.js (`start`, `item`), as far as it matters here. */
type Told = { item?: { subject: string } | null }
