/** A page of a list. */
export type Chunk<T> = {
  items: readonly T[]
  nextCursor: string | null
  /** How many there are in all, where the service says so. */
  total?: number | undefined
}

/** What of a list is on show: its top, down to where `nextCursor` goes on. */
export type Shown<T> = Chunk<T> & {
  /** So many pages bring it again. */
  pages: number
  /** More has changed than the first page tells: all of it is to be loaded again. */
  isStale: boolean
}

export const opened = <T>(first: Chunk<T>): Shown<T> => ({ ...first, pages: 1, isStale: false })

/** With the next page below. The total stays that of the top, which later pages are not of the same moment with. */
export const joined = <T>(list: Shown<T>, page: Chunk<T>): Shown<T> => ({
  ...list,
  items: [...list.items, ...page.items],
  nextCursor: page.nextCursor,
  pages: list.pages + 1,
})

/**
 * What is on show with what has come on top of it, by a fresh first page alone: as if all of it had been loaded again. Where
 * something else has changed as far as can be told (the rows below the new ones are not those that were there, the total
 * has not grown by just the new ones, or so many came that nothing known is left on the page) it is stale.
 */
export function withArrivals<T>(
  list: Shown<T>,
  first: Chunk<T>,
  keyOf: (item: T) => string,
): Shown<T> {
  if (first.nextCursor === null) return opened(first) // that is all of it
  const keys = list.items.map(keyOf)
  const firstKeys = first.items.map(keyOf)
  const known = new Set(keys)
  const arrived = firstKeys.findIndex((key) => known.has(key))
  const linesUp = arrived >= 0 && firstKeys.slice(arrived).every((key, at) => key === keys[at])
  if (!linesUp || !hasGrownBy(arrived, list, first)) return { ...list, isStale: true }
  // Of the rows that it shows, the page has the newer version.
  const items = [...first.items, ...list.items.slice(first.items.length - arrived)]
  const pages = Math.max(list.pages, Math.ceil(items.length / first.items.length))
  return { ...list, items, pages, total: first.total }
}

const hasGrownBy = <T>(count: number, was: Chunk<T>, is: Chunk<T>): boolean =>
  was.total === undefined || is.total === undefined || is.total - was.total === count
