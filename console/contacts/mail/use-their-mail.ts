import { useMemo } from 'react'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Email } from '../../../models/wire/email.ts'
import { useLive } from '../../live/live-line.tsx'
import { useGathered } from '../../live/use-gathered.ts'
import type { PagedList } from '../../paging/use-pages.ts'

/** While a history is read, their mail comes in hundreds: the list is asked for once in so long. */
const GATHER_MS = 500

/** Keeps a list up to date with the new mail of this contact. */
export function useTheirMail(
  contact: Contact,
  { reload, refresh }: Pick<PagedList<unknown>, 'reload' | 'refresh'>,
): void {
  const theirs = useMemo(
    () => new Set(contact.addresses.map(({ address }) => address.toLowerCase())),
    [contact],
  )
  const refreshSoon = useGathered(refresh, GATHER_MS)
  useLive({
    onOpen: reload, // whatever was missed
    onEvent: (event) => {
      if (event.type === 'email-stored' && isWith(theirs, event.email)) refreshSoon()
    },
  })
}

/** Whether one of these addresses is on it; the service decides, this only tells when to ask. */
const isWith = (addresses: ReadonlySet<string>, { from, to, cc }: Email): boolean =>
  [...(from ? [from] : []), ...to, ...cc].some(({ address }) =>
    addresses.has(address.toLowerCase()),
  )
