const DAY_MS = 86_400_000

/** `[3, '09:12']`: three working days before today, UTC (`-3`: after it). A bare number: minutes ago. */
export type When = readonly [workingDaysAgo: number, time: string] | number

/** Working days are counted from the day of `now`, which itself is day 0: business keeps off weekends. */
export function moment(when: When, now: Date): Date {
  if (typeof when === 'number') return wholeSecond(now.getTime() - when * 60_000)
  const [workingDaysAgo, time] = when
  const step = workingDaysAgo < 0 ? DAY_MS : -DAY_MS
  let day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  for (let left = Math.abs(workingDaysAgo); left > 0;) {
    day += step
    if (![0, 6].includes(new Date(day).getUTCDay())) left--
  }
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return new Date(day + (hours * 60 + minutes) * 60_000)
}

/** Mail dates have no milliseconds. */
const wholeSecond = (ms: number) => new Date(Math.floor(ms / 1000) * 1000)
