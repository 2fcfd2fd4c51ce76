import type { Stage } from './stage.ts'

const MOST_TABS = 80

/** Put into the pane: what has the focus, and how that looks; on each step it also tells what looked no different with it. */
const WATCH = `window.watchFocus ??= (() => {
  let last = null
  const looksOf = (element) => [element, element.parentElement].flatMap((node) =>
    [undefined, '::before', '::after'].map((part) => {
      const style = getComputedStyle(node, part)
      return [style.outline, style.boxShadow, style.border, style.transform, style.opacity].join()
    })).join(' | ')
  const nameOf = (element) => (element.getAttribute('aria-label')
    ?? element.labels?.[0]?.textContent ?? element.textContent).trim()
  return () => {
    const element = document.hasFocus() ? document.activeElement : null
    const isNowhere = element === null || element === document.body
    const isElsewhere = last && last.element.isConnected && last.element !== element
    const unseen = isElsewhere && looksOf(last.element) === last.looks ? nameOf(last.element) : null
    if (last?.element !== element) last = isNowhere ? null : { element, looks: looksOf(element) }
    return { name: isNowhere ? null : nameOf(element), unseen }
  }
})()`

/** Somebody with a keyboard and no mouse. */
export class Keys {
  /** What had the focus without looking any different. */
  readonly unseen: string[] = []

  constructor(private readonly stage: Stage) {}

  press(key: string): Promise<void> {
    return this.stage.page.keyboard.press(key)
  }

  write(words: string): Promise<void> {
    return this.stage.page.keyboard.type(words)
  }

  /** The name of what has the focus in the pane; null where the pane has none, or lost it. */
  async at(): Promise<string | null> {
    const { frame } = this.stage
    await frame.evaluate(WATCH)
    const { name, unseen } = await frame.evaluate<{ name: string | null; unseen: string | null }>(
      'window.watchFocus()',
    )
    if (unseen !== null) this.unseen.push(unseen)
    return name
  }

  /** Tab by Tab, or back. */
  async goTo(wanted: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const met: (string | null)[] = []
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      const name = await this.at()
      if (name !== null && wanted.test(name)) return
      met.push(name)
      await this.press(key)
    }
    throw new Error(`No way leads to ${String(wanted)}, past ${[...new Set(met)].join(', ')}`)
  }
}
