/** Outlook does not tell categories apart by their case. */
export const isSameCategory = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase()
