import type { Theme } from '@fluentui/react-components'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { themeFor } from '../../ui/theme.ts'
import type { Outlook } from '../office/outlook.ts'
import type { HostTheme } from '../office/theme.ts'

const DARK = '(prefers-color-scheme: dark)'

/** Outlook's theme; the system's where Outlook tells none. */
export function useHostTheme(outlook: Promise<Outlook>): Theme {
  const [host, setHost] = useState<HostTheme | null>(null)
  const systemIsDark = useSyncExternalStore(onSystemChange, () => matchMedia(DARK).matches)

  useEffect(() => {
    let read = () => {}
    const handleFocus = () => read()
    const listen = (opened: Outlook) => {
      read = () => setHost(opened.theme())
      read()
      opened.onThemeChange(handleFocus)
    }
    outlook.then(listen, () => {})
    // Outlook's event can come with the old colours, or never (outlook-addin 4.5).
    window.addEventListener('focus', handleFocus)
    return () => {
      read = () => {}
      window.removeEventListener('focus', handleFocus)
    }
  }, [outlook])

  return themeFor(host ?? 'auto', systemIsDark)
}

function onSystemChange(changed: () => void): () => void {
  const query = matchMedia(DARK)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
