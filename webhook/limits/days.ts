import { DAY, HOUR } from '../duration.ts'

/** Days are this long at the most, when clocks are set back. */
const LONGEST_DAY_MS = DAY + 3 * HOUR
const MINUTE_MS = 60_000

/** The calendar day of a moment in a time zone: 2026-11-20. */
export const dayIn = (timeZone: string, at: Date): string => formatFor(timeZone).format(at)

/** The first moment of the next day there. Zones change by whole minutes. */
export function nextDayIn(timeZone: string, at: Date): Date {
  const today = dayIn(timeZone, at)
  let early = Math.floor(at.getTime() / MINUTE_MS)
  let late = Math.ceil((at.getTime() + LONGEST_DAY_MS) / MINUTE_MS)
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (dayIn(timeZone, new Date(middle * MINUTE_MS)) === today) early = middle
    else late = middle
  }
  return new Date(late * MINUTE_MS)
}

export function isTimeZone(name: string): boolean {
  try {
    formatFor(name)
    return true
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one takes longer than using it a hundred times. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  })
  formats.set(timeZone, made)
  return made
}
