/** What is asked of the log, as it is written in the fields; empty ones ask for nothing. */
export type FilterFields = {
  action: string
  userId: string
  objectKind: string
  objectId: string
  /** Days of the reader's own calendar, `2026-11-20`; both are in it. */
  from: string
  until: string
}

export const NO_FILTER: FilterFields = {
  ...{ action: '', userId: '', objectKind: '', objectId: '', from: '', until: '' },
}

export const isFiltered = (fields: FilterFields): boolean =>
  Object.values(fields).some((text) => text.trim() !== '')

/** The same, as the service is asked: days become moments, of the reader's zone. */
export function queryOf(fields: FilterFields): Record<keyof FilterFields, string | null> {
  const { from, until, action, userId, objectKind, objectId } = fields
  const given = (text: string) => text.trim() || null
  return {
    action: given(action),
    userId: given(userId),
    objectKind: given(objectKind),
    objectId: given(objectId),
    from: beginningOf(from, 0),
    until: beginningOf(until, 1), // of the day after, which is no longer in it
  }
}

/** Null for a day that is not written to its end. */
function beginningOf(day: string, daysLater: number): string | null {
  const at = new Date(`${day}T00:00:00`)
  if (day === '' || Number.isNaN(at.getTime())) return null
  at.setDate(at.getDate() + daysLater) // a day has 23 hours now and then
  return at.toISOString()
}
