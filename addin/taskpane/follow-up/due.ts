/** A day as `2026-11-22`, where the reader is. */
export function dayOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** When a task is to be done: the words, and the day they are about, if it is another one. */
export type Due = { words: string; day: string | null }

/** As its reader would say it; null: some day. */
export function dueOf(dueOn: string | null, now: Date, locale?: string): Due | null {
  if (dueOn === null) return null
  const today = dayOf(now)
  if (dueOn === today) return { words: 'Due today', day: null }
  const [year = 0, month = 1, date = 1] = dueOn.split('-').map(Number)
  const day = new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'short', day: 'numeric', month: 'short' },
    ...(year !== now.getFullYear() && { year: 'numeric' }),
  }).format(new Date(year, month - 1, date))
  return { words: dueOn < today ? 'Overdue since' : 'Due', day }
}
