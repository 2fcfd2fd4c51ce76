import { useCallback, useEffect, useRef, useState } from 'react'
import type { Email } from '../../models/wire/email.ts'

/** A burst is put in place together: one change of the page instead of hundreds. */
const GATHER_MS = 150
/** How far the reader's clock and the mail's may differ before a new mail is taken for history. */
const CLOCK_SLACK_MS = 120_000

export type Arrivals = {
  /** Hand over each e-mail as its event comes. */
  receive: (email: Email) => void
  /** Those received since the page was opened; mail read from the history is not new. */
  newIds: ReadonlySet<string>
}

/** Gathers stored e-mails and passes them on in handfuls, with those among them that are really new. */
export function useArrivals(
  onArrived: (emails: readonly Email[], fresh: readonly Email[]) => void,
): Arrivals {
  const [newIds, setNewIds] = useState<ReadonlySet<string>>(new Set())
  const [openedAt] = useState(() => Date.now())
  const known = useRef(new Set<string>())
  const gathered = useRef<Email[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(onArrived)
  useEffect(() => {
    latest.current = onArrived
  })

  const receive = useCallback(
    (email: Email) => {
      gathered.current.push(email)
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        const emails = gathered.current
        gathered.current = []
        const isFresh = ({ id, receivedAt }: Email) =>
          !known.current.has(id) && Date.parse(receivedAt) > openedAt - CLOCK_SLACK_MS
        const fresh = [...new Map(emails.map((one) => [one.id, one])).values()].filter(isFresh)
        fresh.forEach(({ id }) => known.current.add(id))
        if (fresh.length > 0) setNewIds(new Set(known.current))
        latest.current(emails, fresh)
      }, GATHER_MS)
    },
    [openedAt],
  )
  useEffect(() => () => clearTimeout(timer.current), [])

  return { receive, newIds }
}

/** What to say about new mail: who wrote, or how many came at once. */
export function arrivalWords([first, ...others]: readonly Email[]): string | null {
  if (!first) return null
  if (others.length > 0) return `${others.length + 1} new e-mails`
  const from = first.from ? first.from.name || first.from.address : 'an unknown sender'
  return `New mail from ${from}: ${first.subject || 'no subject'}`
}
