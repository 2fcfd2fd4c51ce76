import { useEffect, useRef, type RefObject } from 'react'
import type { Loadable } from '../../ui/hooks/use-loadable.ts'
import { useGathered } from '../live/use-gathered.ts'

/** While many things change, all that is on show is loaded again once in so long. */
const MEND_MS = 2_000

/** The latest load of all that is on show. */
export type LatestLoad = { startedAt: number; isOver: boolean }

/** Knows of the loads that it is shown. */
export function useLatestLoad() {
  const latest = useRef<LatestLoad>({ startedAt: 0, isOver: false })
  const follow = <T>(load: Promise<T>): Promise<T> => {
    const followed = { startedAt: Date.now(), isOver: false }
    latest.current = followed
    return load.finally(() => (followed.isOver = true))
  }
  return { latest, follow }
}

/** Loads again what is stale. A load that is under way is not begun anew, or a slow one would never end. */
export function useMending<T>(
  state: Loadable<T>,
  isStale: (value: T) => boolean,
  { latest, reload }: { latest: RefObject<LatestLoad>; reload: () => void },
): void {
  const mendSoon = useGathered(reload, MEND_MS)
  // At each change: what is stale when a load ends, may have been so before it.
  useEffect(() => {
    if (state.status === 'ready' && isStale(state.value) && latest.current.isOver) mendSoon()
  }, [state, isStale, latest, mendSoon])
}
