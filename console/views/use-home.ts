import type { Email, LiveEvent } from '../../models/wire/email.ts'
import type { Api } from '../../ui/api/client.ts'
import { useAnnounce } from '../../ui/components/announcer.tsx'
import { allMail, isNarrow, queryOf } from '../emails/filters/inbox-filter.ts'
import { arrivalWords, useArrivals } from '../emails/use-arrivals.ts'
import { useEmailList } from '../emails/use-email-list.ts'
import { useLive } from '../live/live-line.tsx'
import { useMailboxes, type Mailboxes } from '../mailboxes/use-mailboxes.ts'
import { useRemembered } from '../router/remembered.tsx'

/** Everything the home page shows that comes from the service, kept up to date by its events. */
export function useHome(api: Api) {
  const announce = useAnnounce()
  const mailboxes = useMailboxes(api)
  const [filter, setFilter] = useRemembered('inbox filter', allMail)
  const list = useEmailList(api, queryOf(filter))
  const address = addressOf(mailboxes, filter.mailboxId)

  const arrivals = useArrivals((emails, fresh) => {
    if (isNarrow(filter)) list.noteStored()
    else
      list.addStored(
        address === undefined ? emails : emails.filter((email) => seenIn(email, address)),
      )
    const words = arrivalWords(fresh)
    if (words !== null) announce(words)
  })

  const handleEvent = (event: LiveEvent) => {
    switch (event.type) {
      case 'email-stored':
        return arrivals.receive(event.email)
      case 'mailbox-changed':
        return mailboxes.put(event.mailbox)
      case 'email-arriving':
        return // a header only; the e-mail follows when it is stored
    }
  }
  const line = useLive({
    onOpen: () => {
      mailboxes.reload()
      list.reload()
    },
    onEvent: handleEvent,
  })

  return { mailboxes, list, filter, setFilter, newIds: arrivals.newIds, line }
}

function addressOf({ state }: Mailboxes, id: string | null): string | undefined {
  if (state.status !== 'ready' || id === null) return undefined
  return state.value.find((mailbox) => mailbox.id === id)?.address
}

const seenIn = ({ sightings }: Email, address: string): boolean =>
  sightings.some((one) => one.mailboxAddress.toLowerCase() === address.toLowerCase())
