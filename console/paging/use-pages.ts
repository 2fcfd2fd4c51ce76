import { useCallback, useEffect, useRef, useState, type DependencyList } from 'react'
import { toFailure } from '../../ui/api/api-error.ts'
import type { Failure } from '../../ui/api/failure.ts'
import { useLoadable, type Loadable } from '../../ui/hooks/use-loadable.ts'
import { joined, opened, withArrivals, type Chunk, type Shown } from './shown.ts'
import { useLatestLoad, useMending } from './use-mending.ts'

export type { Chunk } from './shown.ts'
export type MoreStatus = 'idle' | 'loading' | Failure

/** What the first page cannot tell (a row far below that is another now) is seen by the next arrival after so long. */
const WHOLE_AFTER_MS = 5 * 60_000

export type PagedList<T> = {
  state: Loadable<Chunk<T>>
  /** Loads again as many pages as are on show. */
  reload: () => void
  /**
   * Something may have come on top: asks for the first page, and for the others only where more has changed. Lists whose
   * rows have no key are loaded again.
   */
  refresh: () => void
  /** Puts what was done here in place, item by item; an item that is given back as it came is not drawn anew. */
  changeEach: (change: (item: T) => T) => void
  more: MoreStatus
  loadMore: () => void
}

type Load<T> = (cursor: string | null) => Promise<Chunk<T>>

/**
 * A list that the service gives page by page: the first at once and when `deps` change, each further one on request.
 * `keyOf` tells a row from others; what comes first must come first on the first page.
 */
export function usePages<T>(
  load: Load<T>,
  deps: DependencyList,
  keyOf?: (item: T) => string,
): PagedList<T> {
  const pages = useRef(1)
  useEffect(() => {
    pages.current = 1
  }, deps)
  const { latest, follow } = useLatestLoad()
  const { state, reload, update } = useLoadable(() => follow(loadPages(load, pages.current)), deps)
  if (state.status === 'ready') pages.current = state.value.pages
  useMending(state, isStale, { latest, reload })

  const look = useFirstPage(load, deps, (first) =>
    update((list) => (keyOf ? withArrivals(list, first, keyOf) : list)),
  )
  const refresh = () => {
    const isFresh = Date.now() - latest.current.startedAt < WHOLE_AFTER_MS
    if (keyOf && isFresh && pages.current > 1) look().catch(reload)
    else reload()
  }
  const changeEach = useCallback(
    (change: (item: T) => T) =>
      update((list) => ({ ...list, items: list.items.map((item) => change(item)) })),
    [update],
  )
  return { state, reload, refresh, changeEach, ...useMore(load, state, update) }
}

const isStale = (list: Shown<unknown>): boolean => list.isStale

/** Asks for the first page and hands it over, unless a later one was faster or the list is another by now. */
function useFirstPage<T>(
  load: Load<T>,
  deps: DependencyList,
  onPage: (first: Chunk<T>) => void,
): () => Promise<void> {
  const turns = useRef({ asked: 0, over: 0 })
  useEffect(() => {
    turns.current.over = turns.current.asked
  }, deps)
  return async () => {
    const turn = ++turns.current.asked
    const first = await load(null)
    if (turn <= turns.current.over) return
    turns.current.over = turn
    onPage(first)
  }
}

function useMore<T>(
  load: Load<T>,
  state: Loadable<Shown<T>>,
  update: (change: (list: Shown<T>) => Shown<T>) => void,
): Pick<PagedList<T>, 'more' | 'loadMore'> {
  const [more, setMore] = useState<MoreStatus>('idle')
  const cursor = state.status === 'ready' ? state.value.nextCursor : null
  const loadMore = () => {
    setMore('loading')
    load(cursor).then(
      (page) => {
        // A list that was loaded anew meanwhile goes on somewhere else.
        update((list) => (list.nextCursor === cursor ? joined(list, page) : list))
        setMore('idle')
      },
      (error: unknown) => setMore(toFailure(error)),
    )
  }
  return { more, loadMore }
}

async function loadPages<T>(load: Load<T>, count: number): Promise<Shown<T>> {
  let list = opened(await load(null))
  while (list.pages < count && list.nextCursor !== null)
    list = joined(list, await load(list.nextCursor))
  return list
}

/** A path with what is asked of it; what is null is left out. */
export function pathWith(path: string, query: Record<string, string | null>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}
