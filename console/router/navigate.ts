import { useSyncExternalStore, type MouseEvent } from 'react'
import { addressNow, placeInHistory, stayInHistory, unlessHeld, type Entry } from './leaving.ts'

/** Goes to another page of the console, without leaving the document. */
export function navigate(address: string): void {
  unlessHeld(address, () => {
    leaveDialog()
    push(address, false)
  })
}

/** Goes to what lies over the page, such as an opened mail: `leave` comes back without a trace in the history. */
export function goOver(address: string): void {
  unlessHeld(address, () => push(address, true))
}

/** Something else lies over the page now. */
export function stepOver(address: string): void {
  unlessHeld(address, () => {
    history.replaceState(history.state, '', address)
    tell()
  })
}

/** Leaves what lies over the page; `under` is the page's address, where one came from elsewhere. */
export function leave(under: string): void {
  const state = history.state as Entry | null
  if (state?.isOver) history.back()
  else stepOver(under)
}

function push(address: string, isOver: boolean): void {
  const stay = isOver ? stayInHistory() : crypto.randomUUID()
  const entry: Entry = { place: placeInHistory() + 1, stay, isOver }
  history.pushState(entry, '', address)
  tell()
}

const tell = () => dispatchEvent(new PopStateEvent('popstate'))

/** Follows a link to a page of the console, unless the reader wants it in another tab or window. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  const { button, metaKey, ctrlKey, shiftKey, altKey, currentTarget } = event
  if (event.defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return
  event.preventDefault()
  navigate(currentTarget.getAttribute('href') ?? '/')
}

/** Where the page is, and from then on wherever it goes. */
export function useAddress(): string {
  return useSyncExternalStore(onMove, addressNow)
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
  if (document.activeElement?.closest('[role="dialog"], [role="alertdialog"]'))
    document.querySelector<HTMLElement>('h1')?.focus()
}
