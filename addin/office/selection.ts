import type { OfficeCall } from './host.ts'
import { identityOf, readOpenItem, type OpenItem } from './item.ts'

export type SelectionListener = {
  onItem: (item: OpenItem) => void
  onFailure: (error: unknown) => void
}

export type Selection = {
  /** Reads again what is open and tells the listener. */
  read: () => void
  stop: () => void
}

/**
 * Tells what is open, now and whenever it changes, until stopped.
 * Outlook misses events, sends them late or twice (outlook-addin 2.4): so each one means "read again", a look on
 * window focus catches the missed ones, and an answer overtaken by a newer reading is dropped.
 */
export function watchSelection(
  office: typeof Office,
  call: OfficeCall,
  { onItem, onFailure }: SelectionListener,
): Selection {
  const { mailbox } = office.context
  const { ItemChanged } = office.EventType
  let stopped = false
  let generation = 0
  let shown: string | null = null

  const read = async () => {
    if (stopped) return
    const mine = ++generation
    shown = identityOf(mailbox)
    try {
      const item = await readOpenItem(office, call)
      if (mine === generation) onItem(item)
    } catch (error) {
      if (mine === generation) onFailure(error)
    }
  }
  const readNow = () => void read()
  const handleFocus = () => {
    if (identityOf(mailbox) !== shown) readNow()
  }

  // A host that refuses the event leaves the look on focus.
  call<void>((done) => mailbox.addHandlerAsync(ItemChanged, readNow, done)).catch(() => {})
  window.addEventListener('focus', handleFocus)
  readNow()
  const stop = () => {
    stopped = true
    generation++
    window.removeEventListener('focus', handleFocus)
    mailbox.removeHandlerAsync(ItemChanged)
  }
  return { read: readNow, stop }
}
