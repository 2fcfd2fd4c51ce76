import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { stayInHistory } from './leaving.ts'

const Memory = createContext<Map<string, unknown> | null>(null)

/** Remembers, as long as somebody is signed in, how they left each page. In no address and on no disk: it is people's words. */
export function RemembersPages({ children }: { children: ReactNode }) {
  const [memory] = useState(() => new Map<string, unknown>())
  return <Memory.Provider value={memory}>{children}</Memory.Provider>
}

/**
 * State as `useState` has it, which whoever comes back to the page by the browser's own back and forward finds as they left
 * it; a link to the page begins anew. `name` is of this state alone, on all pages.
 */
export function useRemembered<T>(name: string, initial: T) {
  const memory = useContext(Memory)
  const [key] = useState(() => `${name} of ${stayInHistory()}`)
  const state = useState(() => (memory?.has(key) ? (memory.get(key) as T) : initial))
  const [value] = state
  useEffect(() => void memory?.set(key, value), [memory, key, value])
  return state
}
