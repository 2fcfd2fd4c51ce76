import type { Theme } from '@fluentui/react-components'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { parseThemeChoice, themeFor, type ThemeChoice } from '../theme.ts'

const KEY = 'flowcrm-theme'
const DARK = '(prefers-color-scheme: dark)'

/** The theme to show, what was chosen, and a way to choose; remembered in this browser. */
export function useThemeChoice(): {
  theme: Theme
  choice: ThemeChoice
  choose: (choice: ThemeChoice) => void
} {
  const [choice, setChoice] = useState(remembered)
  const systemIsDark = useSyncExternalStore(onSystemChange, () => matchMedia(DARK).matches)
  const choose = useCallback((next: ThemeChoice) => {
    setChoice(next)
    remember(next)
  }, [])
  return { theme: themeFor(choice, systemIsDark), choice, choose }
}

function onSystemChange(changed: () => void): () => void {
  const query = matchMedia(DARK)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

// Storage may be forbidden (private windows, policies): then the choice lasts as long as the page.
function remembered(): ThemeChoice {
  try {
    return parseThemeChoice(localStorage.getItem(KEY))
  } catch {
    return 'auto'
  }
}

function remember(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice)
  } catch {
    return
  }
}
