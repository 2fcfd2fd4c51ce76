import { useEffect, useRef, useState } from 'react'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { useAnnounce } from '../../ui/components/announcer.tsx'
import { hasArrived } from './steps.ts'

const KEY = 'flowcrm-first-run'

/**
 * Whether the guide is wanted: until the first mail has been read, or somebody hides it, which this browser remembers.
 * Without a mailbox there is nothing else to see, so it cannot be hidden. `mailboxes`: null while they are on their way.
 */
export function useFirstRun(mailboxes: readonly Mailbox[] | null) {
  const announce = useAnnounce()
  const [isHidden, setHidden] = useState(rememberedAsHidden)
  const isOver = mailboxes !== null && hasArrived(mailboxes)
  const canBeHidden = mailboxes !== null && mailboxes.length > 0
  const isWanted = mailboxes !== null && !isOver && !(isHidden && canBeHidden)
  const wasWanted = useRef(false)
  useEffect(() => {
    if (wasWanted.current && isOver)
      announce('Everything is set up: the first folder has been read, and its mail is in the list.')
    wasWanted.current = isWanted
  }, [announce, isOver, isWanted])
  const hide = () => {
    setHidden(true)
    remember()
    announce('The guide is hidden.')
    // The button is gone with it: whoever uses the keyboard goes on from the top of the page.
    document.querySelector<HTMLElement>('main h1')?.focus()
  }
  return { isWanted, hide: canBeHidden ? hide : null }
}

// Storage may be forbidden (private windows, policies): then it is hidden for as long as the page is there.
function rememberedAsHidden(): boolean {
  try {
    return localStorage.getItem(KEY) === 'hidden'
  } catch {
    return false
  }
}

function remember(): void {
  try {
    localStorage.setItem(KEY, 'hidden')
  } catch {
    return
  }
}
