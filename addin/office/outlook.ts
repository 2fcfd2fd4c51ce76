import { createOfficeCall } from './host.ts'
import { createSupports } from './requirements.ts'
import { watchSelection, type Selection, type SelectionListener } from './selection.ts'
import { readTheme, watchTheme, type HostTheme } from './theme.ts'

/** All that the pane knows of Outlook. Nothing outside this folder touches Office.js. */
export type Outlook = {
  /** Whose Outlook this is; also the sign-in hint. */
  userAddress: string
  /** Of Outlook's own words, e.g. `he-IL`; undefined where it tells none. */
  language: string | undefined
  /** Nested app authentication: Outlook itself can hand out tokens. */
  canSignInNested: boolean
  theme: () => HostTheme | null
  /** Calls back on a theme change, where Outlook tells. */
  onThemeChange: (listener: () => void) => void
  /** Tells what is open, now and on each change. */
  watchSelection: (listener: SelectionListener) => Selection
}

/** The one adapter around Office.js; give it an Office that is ready. */
export function createOutlook(office: typeof Office): Outlook {
  const call = createOfficeCall(office)
  const supports = createSupports(office)
  return {
    userAddress: office.context.mailbox.userProfile.emailAddress,
    language: office.context.displayLanguage,
    canSignInNested: supports('NestedAppAuth', '1.1'),
    theme: () => readTheme(office),
    onThemeChange: (listener) => {
      if (supports('Mailbox', '1.14')) watchTheme(office, listener)
    },
    watchSelection: (listener) => watchSelection(office, call, listener),
  }
}
