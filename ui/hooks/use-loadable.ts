import { useCallback, useEffect, useRef, useState, type DependencyList } from 'react'
import { toFailure } from '../api/api-error.ts'
import type { Failure } from '../api/failure.ts'

/** Something that comes from elsewhere: on its way, not to be had, or here. */
export type Loadable<T> =
  { status: 'loading' } | { status: 'failed'; error: Failure } | { status: 'ready'; value: T }

export type UseLoadable<T> = {
  state: Loadable<T>
  /** Loads again. A value on show stays until the new one is here, so nothing flickers. */
  reload: () => void
  /** Puts a newer value in place, for example what a change answered. */
  replace: (value: T) => void
  /**
   * Changes the value on show, if there is one. What a load on its way brings may be older than the change,
   * so the change is made there again: it must not matter whether it is made once or twice.
   */
  update: (change: (value: T) => T) => void
}

const LOADING = { status: 'loading' } as const

/** Loads at once and whenever `deps` change; only the latest load counts. */
export function useLoadable<T>(load: () => Promise<T>, deps: DependencyList): UseLoadable<T> {
  const [state, setState] = useState<Loadable<T>>(LOADING)
  const latest = useRef(0)
  const loader = useRef(load)
  loader.current = load
  /** Changes made while a load is on its way; null when none is. */
  const meanwhile = useRef<((value: T) => T)[] | null>(null)

  const run = useCallback(() => {
    const turn = ++latest.current
    meanwhile.current = []
    const settle = (next: (changes: ((value: T) => T)[]) => Loadable<T>) => {
      if (turn !== latest.current) return
      setState(next(meanwhile.current ?? []))
      meanwhile.current = null
    }
    loader.current().then(
      (loaded) =>
        settle((changes) => ({
          status: 'ready',
          value: changes.reduce((value, change) => change(value), loaded),
        })),
      (error: unknown) => settle(() => ({ status: 'failed', error: toFailure(error) })),
    )
  }, [])

  useEffect(() => {
    setState(LOADING)
    run()
    return () => void latest.current++
  }, [...deps, run])

  const reload = useCallback(() => {
    setState((shown) => (shown.status === 'ready' ? shown : LOADING))
    run()
  }, [run])

  const replace = useCallback((value: T) => {
    latest.current++
    meanwhile.current = null
    setState({ status: 'ready', value })
  }, [])

  const update = useCallback((change: (value: T) => T) => {
    meanwhile.current?.push(change)
    setState((shown) =>
      shown.status === 'ready' ? { status: 'ready', value: change(shown.value) } : shown,
    )
  }, [])

  return { state, reload, replace, update }
}
