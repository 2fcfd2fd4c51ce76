export type MailTime = {
  /** As short as it can be and still be clear: the hour today, the weekday this week, else the date. */
  short: string
  /** Everything, for a tooltip. */
  full: string
}

/** Where the reader is; left out, it is the browser's own language and zone. */
export type Place = { locale?: string; timeZone?: string }

const DAY_MS = 86_400_000

/** When a mail came, as a person at that place would write it. */
export function mailTime(iso: string, now: Date, place: Place = {}): MailTime {
  const at = new Date(iso)
  const text = (options: Intl.DateTimeFormatOptions) => format(at, options, place)
  const ageMs = now.getTime() - at.getTime()
  const sameDay = text(DAY) === format(now, DAY, place)
  const sameYear = text({ year: 'numeric' }) === format(now, { year: 'numeric' }, place)
  return {
    short: sameDay
      ? text(CLOCK)
      : ageMs >= 0 && ageMs < 6 * DAY_MS
        ? text({ weekday: 'short', ...CLOCK })
        : text({ day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }),
    full: text({ dateStyle: 'full', timeStyle: 'long' }),
  }
}

/** How long ago, in the largest whole unit: "3 minutes ago". */
export function timeAgo(iso: string, now: Date, locale?: string): string {
  const seconds = Math.max(0, Math.round((now.getTime() - new Date(iso).getTime()) / 1_000))
  if (seconds < 60) return 'just now'
  const inWords = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  if (seconds < 3_600) return inWords.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return inWords.format(-Math.floor(seconds / 3_600), 'hour')
  return inWords.format(-Math.floor(seconds / 86_400), 'day')
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const
const DAY = { day: 'numeric', month: 'numeric', year: 'numeric' } as const

function format(
  at: Date,
  options: Intl.DateTimeFormatOptions,
  { locale, timeZone }: Place,
): string {
  const key = JSON.stringify([locale, timeZone, options])
  const kept = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone })
  formats.set(key, kept)
  return kept.format(at)
}

/** To make one takes a thousand times as long as to use it, and a page has dozens of times: they are kept, a few for each place. */
const formats = new Map<string, Intl.DateTimeFormat>()
