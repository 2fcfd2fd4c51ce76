import { useCallback, useRef, useState } from 'react'
import { EmailPage, type Email } from '../../models/wire/email.ts'
import { toFailure } from '../../ui/api/api-error.ts'
import type { Api } from '../../ui/api/client.ts'
import type { Failure } from '../../ui/api/failure.ts'
import { useLoadable, type Loadable } from '../../ui/hooks/use-loadable.ts'
import { useLatestLoad, useMending } from '../paging/use-mending.ts'
import { pathWith } from '../paging/use-pages.ts'
import {
  PAGE_ROWS,
  extendWindow,
  mergeStored,
  openWindow,
  withReadState,
  type MailWindow,
} from './mail-window.ts'

export type OlderStatus = 'idle' | 'loading' | Failure

export type EmailList = {
  state: Loadable<MailWindow>
  /** Loads again what is on show; live e-mails that come meanwhile are kept. */
  reload: () => void
  /** Puts e-mails that were just stored in their places. */
  addStored: (emails: readonly Email[]) => void
  /** Something was stored of which only the service knows whether it belongs here: asks again when it is quiet. */
  noteStored: () => void
  /** It was read here, or marked as unread. */
  mark: (emailId: string, isRead: boolean) => void
  older: OlderStatus
  loadOlder: () => void
}

/** What to list, as `GET /api/v1/emails` is asked; null: not narrowed by this. */
export type EmailQuery = Record<string, string | null>

/** The top of the mail list, of all mail or of what is asked for. */
export function useEmailList(api: Api, query: EmailQuery): EmailList {
  const path = pathWith('/api/v1/emails', { ...query, limit: String(PAGE_ROWS) })
  const rows = useRef(PAGE_ROWS)
  const { latest, follow } = useLatestLoad()
  const { state, reload, update } = useLoadable(
    () => follow(loadWindow(api, path, rows.current)),
    [api, path],
  )
  const addStored = useCallback(
    (emails: readonly Email[]) => update((window) => mergeStored(window, emails)),
    [update],
  )
  const noteStored = useCallback(() => update((window) => ({ ...window, stale: true })), [update])
  const mark = useCallback(
    (emailId: string, isRead: boolean) =>
      update((window) => withReadState(window, emailId, isRead)),
    [update],
  )

  useMending(state, isStale, { latest, reload })

  const cursor = state.status === 'ready' ? state.value.nextCursor : null
  const { older, loadOlder } = useOlder(api, path, cursor, (page) => {
    rows.current += page.emails.length
    update((window) => (window.nextCursor === cursor ? extendWindow(window, page) : window))
  })

  return { state, reload, addStored, noteStored, mark, older, loadOlder }
}

const isStale = ({ stale }: MailWindow): boolean => stale

function useOlder(
  api: Api,
  path: string,
  cursor: string | null,
  onPage: (page: EmailPage) => void,
): Pick<EmailList, 'older' | 'loadOlder'> {
  const [older, setOlder] = useState<OlderStatus>('idle')
  const loadOlder = () => {
    setOlder('loading')
    api.get(after(path, cursor), EmailPage).then(
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
async function loadWindow(api: Api, path: string, rows: number): Promise<MailWindow> {
  let window = openWindow(await api.get(path, EmailPage))
  while (window.nextCursor !== null && window.emails.length < rows)
    window = extendWindow(window, await api.get(after(path, window.nextCursor), EmailPage))
  return window
}

const after = (path: string, cursor: string | null): string =>
  cursor === null ? path : `${path}&cursor=${encodeURIComponent(cursor)}`
