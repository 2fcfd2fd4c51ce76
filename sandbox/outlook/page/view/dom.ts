/** A new element with attributes and children; text is text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** The page's element of that id and kind; the page is broken without it. */
export function required<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`The page has no ${kind.name} with id ${id}.`)
}

export function button(words: string, onClick: () => void, kind = 'plain'): HTMLButtonElement {
  const made = element('button', { type: 'button', class: kind }, words)
  made.addEventListener('click', onClick)
  return made
}

/** A choice with its label; `choices` by value. */
export function choice(
  label: string,
  choices: Readonly<Record<string, string>>,
  onChoose: (value: string) => void,
): HTMLLabelElement {
  const options = Object.entries(choices).map(([value, words]) =>
    element('option', { value }, words),
  )
  const select = element('select', {}, ...options)
  select.addEventListener('change', () => onChoose(select.value))
  return element('label', {}, element('span', {}, label), select)
}

/** Initials on one of eight colours, the same for the same person. */
export function avatar({ name, address }: { name: string; address: string }): HTMLElement {
  const words = (name || address).split(/[\s.@]+/).filter(Boolean)
  const initials = words.slice(0, 2).map(([first = '']) => first.toUpperCase())
  const sum = [...(address || name)].reduce((total, sign) => total + sign.charCodeAt(0), 0)
  return element('span', { class: `avatar tone-${sum % 8}`, 'aria-hidden': 'true' }, ...initials)
}
