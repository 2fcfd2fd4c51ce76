import type { Chunk } from '../../paging/use-pages.ts'

/** Something with a time, in a list that has the newest first. */
export type Dated = { at: string }

/** A list that comes page by page, the newest first. */
export type Source<T> = (cursor: string | null) => Promise<Chunk<T>>

/** How far one list is read: what came and is not given out yet, and where it goes on. */
type Reach<T> = {
  source: Source<T>
  waiting: readonly T[]
  cursor: string | null
  isOver: boolean
  /** Where the list says so. */
  total?: number | undefined
}

/**
 * Several lists as one, the newest first. An item is given out only when every list that goes on has shown what it has
 * next: so nothing older ever stands above something that is still to come.
 */
export class MergedSources<T extends Dated> {
  private readonly places = new Map<string, readonly Reach<T>[]>()

  constructor(
    private readonly sources: readonly Source<T>[],
    private readonly pageSize: number,
  ) {}

  /** A page, and the place where the next one begins; from the same place the same page, as often as it is asked for. */
  async page(place: string | null): Promise<Chunk<T>> {
    const reaches = this.reachesAt(place)
    const items: T[] = []
    await fill(reaches)
    while (items.length < this.pageSize) {
      const newest = newestOf(reaches)
      const [first, ...waiting] = newest?.waiting ?? []
      if (!newest || first === undefined) break
      items.push(first)
      newest.waiting = waiting
      if (waiting.length === 0) await fill(reaches)
    }
    const goesOn = newestOf(reaches) !== null
    return { items, nextCursor: goesOn ? this.keep(reaches) : null, total: totalOf(reaches) }
  }

  private reachesAt(place: string | null): Reach<T>[] {
    const kept = place === null ? undefined : this.places.get(place)
    if (kept) return kept.map((reach) => ({ ...reach }))
    return this.sources.map((source) => ({ source, waiting: [], cursor: null, isOver: false }))
  }

  private keep(reaches: readonly Reach<T>[]): string {
    const place = String(this.places.size + 1)
    this.places.set(place, reaches)
    return place
  }
}

/** Asks on wherever nothing is waiting. A page can be empty and go on all the same. */
async function fill<T>(reaches: readonly Reach<T>[]): Promise<void> {
  await Promise.all(
    reaches.map(async (reach) => {
      while (reach.waiting.length === 0 && !reach.isOver) {
        const { items, nextCursor, total } = await reach.source(reach.cursor)
        reach.waiting = items
        reach.cursor = nextCursor
        reach.total ??= total
        reach.isOver = nextCursor === null
      }
    }),
  )
}

/** Of those lists that say how many they have; undefined where none does. */
function totalOf<T>(reaches: readonly Reach<T>[]): number | undefined {
  const totals = reaches.flatMap(({ total }) => total ?? [])
  return totals.length === 0 ? undefined : totals.reduce((sum, total) => sum + total)
}

/** The list whose next item is the newest; null: nothing is left. Of two at the same moment, the list that was named first. */
function newestOf<T extends Dated>(reaches: readonly Reach<T>[]): Reach<T> | null {
  let newest: { reach: Reach<T>; at: number } | null = null
  for (const reach of reaches) {
    const [first] = reach.waiting
    if (first === undefined) continue
    const at = Date.parse(first.at)
    if (newest === null || at > newest.at) newest = { reach, at }
  }
  return newest?.reach ?? null
}
