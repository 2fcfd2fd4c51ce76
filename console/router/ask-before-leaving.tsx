import { useEffect, useRef, useState } from 'react'
import { ConfirmDialog } from '../../ui/components/confirm-dialog.tsx'
import { guardLeaving } from './leaving.ts'

export type AskBeforeLeavingProps = {
  /** Something is typed that leaving would lose. */
  isUnsaved: boolean
  /** The reader leaves, and drops it. */
  onLeave: () => void
}

/** Asks whoever goes to another page, back, forward, out of the console, or signs out, whether what is not saved is to be lost. */
export function AskBeforeLeaving({ isUnsaved, onLeave }: AskBeforeLeavingProps) {
  const [go, setGo] = useState<(() => void) | null>(null)
  const focused = useRef<Element | null>(null)
  useEffect(() => {
    if (!isUnsaved) return
    addEventListener('beforeunload', askInBrowser)
    const lift = guardLeaving((wanted) => {
      // Who goes back a second time while being asked, had the focus in the question.
      if (!document.activeElement?.closest('[role="alertdialog"]'))
        focused.current = document.activeElement
      setGo(() => wanted)
    })
    return () => {
      removeEventListener('beforeunload', askInBrowser)
      lift()
    }
  }, [isUnsaved])
  const isAsking = go !== null
  useEffect(() => {
    // A link is nothing that a dialog gives the focus back to by itself.
    if (!isAsking && focused.current instanceof HTMLElement) focused.current.focus()
  }, [isAsking])
  if (!isAsking) return null
  return (
    <ConfirmDialog
      title="Leave without saving?"
      confirm="Leave"
      onConfirm={() => {
        focused.current = null
        setGo(null)
        onLeave()
        go()
      }}
      onClose={() => setGo(null)}
    >
      <p>What you have typed is not saved, and is lost when you leave.</p>
    </ConfirmDialog>
  )
}

const askInBrowser = (event: BeforeUnloadEvent) => event.preventDefault()
