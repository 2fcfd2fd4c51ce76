import type { FullItem, Person } from '../outlook-mail.ts'
import { element, required } from './dom.ts'

/** The open message: its head, and its body in a frame that runs nothing and loads nothing. `messageUrl` is where it lies. */
export function showMessage(item: FullItem, messageUrl: string): void {
  const body = element('iframe', { title: 'Message body', sandbox: '', src: `${messageUrl}/body` })
  pane().replaceChildren(
    element(
      'div',
      { class: 'head' },
      element('h2', { dir: 'auto' }, item.subject || '(no subject)'),
      element('p', {}, item.from ? wordsFor(item.from) : 'Unknown sender'),
      element('p', { class: 'quiet' }, `To ${item.to.map(wordsFor).join(', ') || 'nobody'}`),
      ...(item.cc.length > 0
        ? [element('p', { class: 'quiet' }, `Cc ${item.cc.map(wordsFor).join(', ')}`)]
        : []),
      element('p', { class: 'quiet' }, new Date(item.receivedAt).toLocaleString()),
    ),
    body,
  )
}

export function showNothing(words = 'Choose a message.'): void {
  pane().replaceChildren(element('p', { class: 'quiet middle' }, words))
}

const pane = () => required('reading', HTMLElement)

const wordsFor = ({ name, address }: Person) => (name ? `${name} <${address}>` : address)
