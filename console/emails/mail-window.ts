import type { Email, EmailPage, Sighting } from '../../models/wire/email.ts'

/** Rows asked for at a time. */
export const PAGE_ROWS = 50

/** What of the whole list, newest first, the page holds: its top, down to where `nextCursor` goes on. */
export type MailWindow = {
  emails: readonly Email[]
  nextCursor: string | null
  /** How many there are in all. */
  total: number
  /** Most rows kept; beyond that a burst pushes the oldest out again. */
  capacity: number
  /** Something happened that a window cannot count by itself: load it again when it is quiet. */
  stale: boolean
}

export function openWindow({ emails, nextCursor, total }: EmailPage): MailWindow {
  const capacity = Math.max(emails.length, PAGE_ROWS) + PAGE_ROWS
  return { emails: [...emails].sort(newestFirst), nextCursor, total, capacity, stale: false }
}

/** The window with the next older page below. */
export function extendWindow(window: MailWindow, page: EmailPage): MailWindow {
  const known = new Set(window.emails.map(({ id }) => id))
  const added = page.emails.filter(({ id }) => !known.has(id))
  const emails = [...window.emails, ...added].sort(newestFirst)
  const { nextCursor, total } = page
  return { ...window, emails, nextCursor, total, capacity: emails.length + PAGE_ROWS }
}

/**
 * The window after e-mails were stored. Order of arrival, repeats and replays do not matter:
 * each e-mail has one row, where its time puts it, in the version that has been seen in most places.
 */
export function mergeStored(window: MailWindow, stored: readonly Email[]): MailWindow {
  const rows = new Map(window.emails.map((email) => [email.id, email]))
  const bottom = window.nextCursor === null ? undefined : window.emails.at(-1)
  let { total, stale } = window
  for (const email of stored) {
    const shown = rows.get(email.id)
    if (shown) rows.set(email.id, moreSeen(shown, email))
    else if (bottom && newestFirst(bottom, email) < 0)
      stale = true // below what is loaded
    else {
      rows.set(email.id, email)
      total += 1
    }
  }
  const emails = [...rows.values()].sort(newestFirst)
  if (emails.length <= window.capacity) return { ...window, emails, total, stale }
  return { ...window, emails: emails.slice(0, window.capacity), total, stale: true }
}

/** The window after one's own copy of an e-mail was read, or marked as unread. */
export function withReadState(window: MailWindow, emailId: string, isRead: boolean): MailWindow {
  const emails = window.emails.map((email) =>
    email.id === emailId ? markedAs(email, isRead) : email,
  )
  return { ...window, emails }
}

/** The e-mail after one's own copy of it was read, or marked as unread. */
export const markedAs = (email: Email, isRead: boolean): Email => ({
  ...email,
  sightings: email.sightings.map(marked(isRead)),
})

/** What was logged by hand, or is gone, is neither read nor unread. */
const marked =
  (isRead: boolean) =>
  (sighting: Sighting): Sighting =>
    sighting.isRead === undefined || sighting.goneAt !== undefined
      ? sighting
      : { ...sighting, isRead }

/** Sightings are only ever added: the version with fewer is an older one that came late. */
const moreSeen = (shown: Email, next: Email): Email =>
  next.sightings.length < shown.sightings.length ? shown : next

/** By time, newest first; the id decides between equals, so that rows never swap places. */
function newestFirst(a: Email, b: Email): number {
  return (
    Date.parse(b.receivedAt) - Date.parse(a.receivedAt) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
  )
}
