import { useSyncExternalStore, type MouseEvent } from 'react'

/** Goes to another page of the console, without leaving the document. */
export function navigate(address: string): void {
  history.pushState(null, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}

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
