import { useCallback } from 'react'
import type { Email } from '../../../models/wire/email.ts'
import { markedAs } from '../../emails/mail-window.ts'
import type { OnMarked } from '../../emails/reading/use-read-state.ts'
import type { PagedList } from '../../paging/use-pages.ts'

/** To be told what became read or unread on the page: its list shows it at once. */
export function useMarking({ changeEach }: Pick<PagedList<Email>, 'changeEach'>): OnMarked {
  return useCallback(
    (emailId, isRead) =>
      changeEach((email) => (email.id === emailId ? markedAs(email, isRead) : email)),
    [changeEach],
  )
}
