import { useCallback, useEffect, useRef, useState } from 'react'
import { EmailPage, type Email } from '../../models/wire/email.ts'
import { toFailure } from '../../ui/api/api-error.ts'
import type { Api } from '../../ui/api/client.ts'
import type { Failure } from '../../ui/api/failure.ts'
import { useLoadable, type Loadable } from '../../ui/hooks/use-loadable.ts'
import { PAGE_ROWS, extendWindow, mergeStored, openWindow, type MailWindow } from './mail-window.ts'

/** Longest that the total may be behind while a mailbox's history is being read. */
const STALE_MS = 2_000

export type OlderStatus = 'idle' | 'loading' | Failure

export type EmailList = {
  state: Loadable<MailWindow>
  /** Loads again what is on show; live e-mails that come meanwhile are kept. */
  reload: () => void
  /** Puts e-mails that were just stored in their places. */
  addStored: (emails: readonly Email[]) => void
  older: OlderStatus
  loadOlder: () => void
}

/** The top of the mail list, of all mailboxes or of one. */
export function useEmailList(api: Api, mailboxId: string | null): EmailList {
  const rows = useRef(PAGE_ROWS)
  const { state, reload, update } = useLoadable(
    () => loadWindow(api, mailboxId, rows.current),
    [api, mailboxId],
  )
  const addStored = useCallback(
    (emails: readonly Email[]) => update((window) => mergeStored(window, emails)),
    [update],
  )

  const stale = state.status === 'ready' && state.value.stale
  useEffect(() => {
    if (!stale) return
    const timer = setTimeout(reload, STALE_MS)
    return () => clearTimeout(timer)
  }, [stale, reload])

  const cursor = state.status === 'ready' ? state.value.nextCursor : null
  const { older, loadOlder } = useOlder(api, mailboxId, cursor, (page) => {
    rows.current += page.emails.length
    update((window) => (window.nextCursor === cursor ? extendWindow(window, page) : window))
  })

  return { state, reload, addStored, older, loadOlder }
}

function useOlder(
  api: Api,
  mailboxId: string | null,
  cursor: string | null,
  onPage: (page: EmailPage) => void,
): Pick<EmailList, 'older' | 'loadOlder'> {
  const [older, setOlder] = useState<OlderStatus>('idle')
  const loadOlder = () => {
    setOlder('loading')
    api.get(emailsPath(mailboxId, cursor), EmailPage).then(
      (page) => {
        onPage(page)
        setOlder('idle')
      },
      (error: unknown) => setOlder(toFailure(error)),
    )
  }
  return { older, loadOlder }
}

/** As many pages as it takes to have the rows again that were on show. */
async function loadWindow(api: Api, mailboxId: string | null, rows: number): Promise<MailWindow> {
  let window = openWindow(await api.get(emailsPath(mailboxId, null), EmailPage))
  while (window.nextCursor !== null && window.emails.length < rows)
    window = extendWindow(
      window,
      await api.get(emailsPath(mailboxId, window.nextCursor), EmailPage),
    )
  return window
}

function emailsPath(mailbox: string | null, cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(PAGE_ROWS) })
  if (mailbox !== null) query.set('mailbox', mailbox)
  if (cursor !== null) query.set('cursor', cursor)
  return `/api/v1/emails?${query.toString()}`
}
