import { cleanup, configure } from '@testing-library/react'

// Nothing waits by the clock: a busy machine only takes longer.
configure({ asyncUtilTimeout: 10_000 })

/** An empty page for the next test. jsdom has no media queries. */
export function emptyPage(): void {
  cleanup()
  window.matchMedia = (() => ({
    matches: false,
    addEventListener: () => {},
    removeEventListener: () => {},
  })) as unknown as typeof window.matchMedia
}
