/** A day as `2026-11-22`, where the reader is. */
export function dayOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** When a task is to be done, as its reader would say it; null: some day. */
export function dueWords(dueOn: string | null, now: Date, locale?: string): string | null {
  if (dueOn === null) return null
  const today = dayOf(now)
  if (dueOn === today) return 'Due today'
  const [year = 0, month = 1, day = 1] = dueOn.split('-').map(Number)
  const named = new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'short', day: 'numeric', month: 'short' },
    ...(year !== now.getFullYear() && { year: 'numeric' }),
  }).format(new Date(year, month - 1, day))
  return dueOn < today ? `Overdue since ${named}` : `Due ${named}`
}
