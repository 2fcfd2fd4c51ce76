import { useCallback } from 'react'
import { MailboxList, type Mailbox } from '../../models/wire/mailbox.ts'
import type { Api } from '../../ui/api/client.ts'
import { useLoadable, type Loadable } from '../../ui/hooks/use-loadable.ts'

export type Mailboxes = {
  state: Loadable<readonly Mailbox[]>
  reload: () => void
  /** Puts a mailbox in its newest version in place, or at the end when it is new here. */
  put: (mailbox: Mailbox) => void
}

/** The mailboxes this person may see. */
export function useMailboxes(api: Api): Mailboxes {
  const { state, reload, update } = useLoadable<readonly Mailbox[]>(
    async () => (await api.get('/api/v1/mailboxes', MailboxList)).mailboxes,
    [api],
  )
  const put = useCallback((mailbox: Mailbox) => update((all) => putMailbox(all, mailbox)), [update])
  return { state, reload, put }
}

export function putMailbox(all: readonly Mailbox[], mailbox: Mailbox): readonly Mailbox[] {
  const known = all.some(({ id }) => id === mailbox.id)
  return known ? all.map((one) => (one.id === mailbox.id ? mailbox : one)) : [...all, mailbox]
}
