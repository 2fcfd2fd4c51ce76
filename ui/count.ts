import { MOST_COUNTED } from '../models/wire/pane/limits.ts'

/** How many e-mails there are, for people: "120", "10,000+" where the service counts no further. */
export const countOf = (total: number): string =>
  total > MOST_COUNTED ? `${MOST_COUNTED.toLocaleString()}+` : total.toLocaleString()

/** The same for a comparison: undefined where nobody counted to the end. */
export const exactly = (total: number): number | undefined =>
  total > MOST_COUNTED ? undefined : total
