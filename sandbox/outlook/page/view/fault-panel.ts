import { FAULTS, NO_FAULTS, type FaultName, type Faults } from '../faults.ts'
import { button, choice, element, required } from './dom.ts'

/** What the panel can do beside its choices: a button each. */
export type PanelAction = { words: string; run: () => void }

/** The desk where Outlook's faults are chosen; `set` is called with what changed. Gives what puts it in order again. */
export function showFaults(
  set: (changes: Partial<Faults>) => void,
  actions: PanelAction[],
): (faults: Faults) => void {
  const selects = new Map<FaultName, HTMLSelectElement>()
  const labels = (Object.keys(FAULTS) as FaultName[]).map((name) => {
    const { label, choices } = FAULTS[name]
    const made = choice(label, choices, (value) => set({ [name]: value }))
    const select = made.querySelector('select')
    if (select) selects.set(name, select)
    return made
  })
  const show = (faults: Faults) => {
    for (const [name, select] of selects) select.value = faults[name]
  }
  const clear = button('All as it should be', () => {
    set(NO_FAULTS)
    show(NO_FAULTS)
  })
  required('faults', HTMLElement).replaceChildren(
    ...labels,
    element(
      'div',
      { class: 'actions' },
      ...actions.map(({ words, run }) => button(words, run)),
      clear,
    ),
  )
  return show
}
