import type { ListItem } from '../../outlook-mail.ts'
import { avatar, element, required } from './dom.ts'

export type ListListener = {
  onOpen: (id: string) => void
  /** Several, by holding Ctrl or Command. */
  onSelect: (ids: string[]) => void
}

/** The messages of one mailbox: one is open, or several are chosen. */
export class MessageList {
  readonly #list = required('messages', HTMLUListElement)
  readonly #state = required('state', HTMLElement)
  readonly #listener: ListListener
  #chosen: string[] = []
  #shown = ''

  constructor(listener: ListListener) {
    this.#listener = listener
  }

  clear(words: string): void {
    this.#chosen = []
    this.#shown = ''
    this.#list.replaceChildren()
    this.#state.textContent = words
  }

  show(items: ListItem[]): void {
    this.#state.textContent = items.length === 0 ? 'No messages.' : ''
    const shown = JSON.stringify(items)
    // Rows that are the same stay: a new one under a pressed mouse button would swallow the click.
    if (shown === this.#shown) return
    this.#shown = shown
    this.#list.replaceChildren(...items.map((item) => this.#row(item)))
    this.mark(this.#chosen)
  }

  mark(ids: readonly string[]): void {
    this.#chosen = [...ids]
    for (const row of this.#list.querySelectorAll<HTMLElement>('.row'))
      row.setAttribute('aria-current', String(ids.includes(row.dataset['id'] ?? '')))
  }

  #row(item: ListItem): HTMLElement {
    const from = item.from ?? { name: 'Unknown sender', address: '' }
    const name = item.isDraft ? '[Draft]' : from.name || from.address
    const row = element(
      'button',
      { type: 'button', class: item.isRead === false ? 'row unread' : 'row', 'data-id': item.id },
      avatar(from),
      element('span', { class: 'from', dir: 'auto' }, name),
      element(
        'span',
        { class: 'when quiet' },
        ...(item.hasAttachments
          ? [element('span', { class: 'clip', role: 'img', 'aria-label': 'Has attachments' })]
          : []),
        element('time', { datetime: item.receivedAt }, dayOf(item.receivedAt)),
      ),
      element('span', { class: 'subject', dir: 'auto' }, item.subject || '(no subject)'),
      element('span', { class: 'preview quiet', dir: 'auto' }, item.preview),
    )
    row.addEventListener('click', (event) => this.#choose(item.id, event.ctrlKey || event.metaKey))
    return element('li', {}, row)
  }

  #choose(id: string, more: boolean): void {
    if (!more) return this.#listener.onOpen(id)
    const others = this.#chosen.filter((one) => one !== id)
    const chosen = others.length < this.#chosen.length ? others : [...this.#chosen, id]
    this.mark(chosen)
    this.#listener.onSelect(chosen)
  }
}

const dayOf = (iso: string) =>
  new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }).format(new Date(iso))
