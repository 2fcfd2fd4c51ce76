import { useEffect, useRef, useState, type DependencyList } from 'react'
import { toFailure } from '../../ui/api/api-error.ts'
import type { Failure } from '../../ui/api/failure.ts'
import { useLoadable, type Loadable } from '../../ui/hooks/use-loadable.ts'

export type Chunk<T> = { items: readonly T[]; nextCursor: string | null }
export type MoreStatus = 'idle' | 'loading' | Failure

export type PagedList<T> = {
  state: Loadable<Chunk<T>>
  /** Loads again as many pages as are on show. */
  reload: () => void
  more: MoreStatus
  loadMore: () => void
}

/** A list that the service gives page by page: the first at once and when `deps` change, each further one on request. */
export function usePages<T>(
  load: (cursor: string | null) => Promise<Chunk<T>>,
  deps: DependencyList,
): PagedList<T> {
  const pages = useRef(1)
  useEffect(() => {
    pages.current = 1
  }, deps)
  const { state, reload, update } = useLoadable(() => loadPages(load, pages.current), deps)
  const [more, setMore] = useState<MoreStatus>('idle')
  const cursor = state.status === 'ready' ? state.value.nextCursor : null

  const loadMore = () => {
    setMore('loading')
    load(cursor).then(
      (page) => {
        // A list that was loaded anew meanwhile goes on somewhere else.
        update((list) => (list.nextCursor === cursor ? joined(list, page) : list))
        pages.current += 1
        setMore('idle')
      },
      (error: unknown) => setMore(toFailure(error)),
    )
  }
  return { state, reload, more, loadMore }
}

async function loadPages<T>(
  load: (cursor: string | null) => Promise<Chunk<T>>,
  count: number,
): Promise<Chunk<T>> {
  let list = await load(null)
  for (let page = 1; page < count && list.nextCursor !== null; page++)
    list = joined(list, await load(list.nextCursor))
  return list
}

const joined = <T>(list: Chunk<T>, page: Chunk<T>): Chunk<T> => ({
  items: [...list.items, ...page.items],
  nextCursor: page.nextCursor,
})

/** A path with what is asked of it; what is null is left out. */
export function pathWith(path: string, query: Record<string, string | null>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}
