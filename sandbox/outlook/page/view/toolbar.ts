import type { DraftStart } from '../../outlook-mail.ts'
import type { Faults } from '../faults.ts'
import { CLIENTS, type ClientName } from '../office/clients.ts'
import type { OfficeBridge } from '../office-bridge.ts'
import { THEMES, type ThemeName } from '../theme-colours.ts'
import { required } from './dom.ts'
import { showFaults } from './fault-panel.ts'
import type { PaneFrame } from './pane-frame.ts'

/** What the bar at the top can do with the page. */
export type Steered = {
  bridge: OfficeBridge
  pane: PaneFrame
  setClient: (name: ClientName) => void
  refresh: () => Promise<void>
  write: (start: DraftStart) => Promise<void>
  openMeeting: (side: 'organizer' | 'attendee') => void
  nothing: () => void
}

/** Connects the page's bar and its faults; `setFaults` does what the panel does, for programs. */
export function listenToToolbar(page: Steered): { setFaults: (changes: Partial<Faults>) => void } {
  const { bridge, pane } = page
  const set = (changes: Partial<Faults>) => {
    const { language } = bridge.faults
    bridge.setFaults(changes)
    // Outlook starts anew in another language.
    if (bridge.faults.language !== language) pane.reload()
  }
  const show = showFaults(set, [
    { words: 'No item', run: () => page.nothing() },
    { words: 'A meeting of mine', run: () => page.openMeeting('organizer') },
    { words: 'A meeting I am asked to', run: () => page.openMeeting('attendee') },
    { words: 'End the pane and start it', run: () => pane.reload() },
  ])
  listenTo('theme', names(THEMES), (name) => {
    document.documentElement.dataset['theme'] = name
    bridge.setTheme(name as ThemeName)
  })
  listenTo('client', names(CLIENTS), (name) => page.setClient(name as ClientName))
  listenTo('width', { 320: '320 px', 450: '450 px' }, (width) => pane.setWidth(width))
  required('new-mail', HTMLButtonElement).addEventListener('click', () => {
    void page.write({ kind: 'new' })
  })
  required('refresh', HTMLButtonElement).addEventListener('click', () => void page.refresh())
  window.addEventListener('focus', () => void page.refresh())
  return {
    setFaults: (changes) => {
      set(changes)
      show({ ...bridge.faults })
    },
  }
}

function listenTo(
  id: string,
  choices: Record<string, string>,
  onChoose: (value: string) => void,
): void {
  const select = required(id, HTMLSelectElement)
  for (const [value, words] of Object.entries(choices)) select.append(new Option(words, value))
  select.addEventListener('change', () => onChoose(select.value))
}

const names = (all: Record<string, { label: string }>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([name, { label }]) => [name, label]))
