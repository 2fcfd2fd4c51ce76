import { useSyncExternalStore, type MouseEvent } from 'react'

/** Goes to another page of the console, without leaving the document. */
export function navigate(address: string): void {
  leaveDialog()
  history.pushState(null, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** Goes to what lies over the page, such as an opened mail: `leave` comes back without a trace in the history. */
export function goOver(address: string): void {
  history.pushState(OVER, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** Something else lies over the page now. */
export function stepOver(address: string): void {
  history.replaceState(history.state, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** Leaves what lies over the page; `under` is the page's address, where one came from elsewhere. */
export function leave(under: string): void {
  if ((history.state as unknown) === OVER) history.back()
  else stepOver(under)
}

const OVER = 'over'

/** Follows a link to a page of the console, unless the reader wants it in another tab or window. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  const { button, metaKey, ctrlKey, shiftKey, altKey, currentTarget } = event
  if (event.defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return
  event.preventDefault()
  navigate(currentTarget.getAttribute('href') ?? '/')
}

/** Where the page is, and from then on wherever it goes. */
export function useAddress(): string {
  return useSyncExternalStore(onMove, () => location.pathname + location.search)
}

function onMove(moved: () => void): () => void {
  addEventListener('popstate', moved)
  return () => removeEventListener('popstate', moved)
}

/**
 * While a dialog has the focus, what is behind it is hidden from those who listen; if the dialog went together with its page,
 * that would stay so.
 */
function leaveDialog(): void {
  if (document.activeElement?.closest('[role="dialog"]'))
    document.querySelector<HTMLElement>('h1')?.focus()
}
