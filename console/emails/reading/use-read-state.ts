import { useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'
import { ReadState, type EmailDetail } from '../../../models/wire/email-detail.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { useSaving, type SavingStatus } from '../../../ui/hooks/use-saving.ts'

/** Told which e-mail is read or unread from now on. */
export type OnMarked = (emailId: string, isRead: boolean) => void

export type Marking = {
  isRead: boolean
  /** What a person asked for, as far as it is. */
  saving: SavingStatus
  /** Marks it as the other of the two. */
  toggle: () => void
}

export type Markable = {
  api: Api
  email: Pick<EmailDetail, 'id'> & { readState: ReadState }
  /** Its text is on show: then it counts as read, as in any mail client. */
  isShown: boolean
  onMarked?: OnMarked | undefined
  /** For who hears keys above: marks it as the other of the two. */
  toggleRef?: Ref<() => void> | undefined
}

/** Whether one's own copy is read, and how that changes. It becomes read by itself once, when it is opened. */
export function useReadState({ api, email, isShown, onMarked, toggleRef }: Markable): Marking {
  const announce = useAnnounce()
  const { id } = email
  const [isRead, setIsRead] = useState(email.readState.isRead || isShown)
  const { saving, save } = useSaving()

  const mark = async (wanted: boolean): Promise<boolean> => {
    const path = `/api/v1/emails/${encodeURIComponent(id)}/read-state`
    const now = await api.send('PUT', path, { isRead: wanted }, ReadState)
    setIsRead(now.isRead)
    onMarked?.(id, now.isRead)
    return now.isRead
  }
  const opening = useMarkOnce(
    isShown && !email.readState.isRead,
    () => mark(true),
    () => setIsRead(false), // the mail is readable all the same: nothing is said
  )
  const toggle = () => {
    if (saving === 'saving') return
    // After what was asked for by itself, or that would be the last word.
    const marked = opening.current.then(() => mark(!isRead))
    save(marked, (now) => announce(now ? 'Marked as read.' : 'Marked as unread.'))
  }
  useImperativeHandle(toggleRef, () => toggle)
  return { isRead, saving, toggle }
}

/** Does it when this appears, and never again; what is given back is over when that is. */
function useMarkOnce(isWanted: boolean, mark: () => Promise<unknown>, onFailed: () => void) {
  const over = useRef<Promise<unknown>>(Promise.resolve())
  const isBegun = useRef(false)
  // Before anybody can press anything: what is pressed waits for it.
  useLayoutEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    if (isWanted) over.current = mark().catch(onFailed)
  })
  return over
}
