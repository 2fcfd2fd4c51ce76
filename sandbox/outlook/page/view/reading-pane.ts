import type { FullItem, ItemAttachment, Person } from '../../outlook-mail.ts'
import type { MeetingItem } from '../messages.ts'
import { avatar, button, element, required } from './dom.ts'

export type MessageAction = 'reply' | 'replyAll' | 'forward' | 'archive'

const ACTIONS: Record<MessageAction, string> = {
  reply: 'Reply',
  replyAll: 'Reply all',
  forward: 'Forward',
  archive: 'Archive',
}

/** The open message: its head, and its body in a frame that runs nothing and loads nothing. `url` is where it lies. */
export function showMessage(
  item: FullItem,
  url: string,
  onAction: (action: MessageAction) => void,
): void {
  const body = element('iframe', { title: 'Message body', sandbox: '', src: `${url}/body` })
  const from = item.from ?? { name: 'Unknown sender', address: '' }
  const actions = Object.entries(ACTIONS).map(([action, words]) =>
    button(words, () => onAction(action as MessageAction)),
  )
  const files = (item.attachments ?? []).filter(({ isInline }) => !isInline)
  pane().replaceChildren(
    element('h2', { dir: 'auto', class: 'title' }, item.subject || '(no subject)'),
    element(
      'div',
      { class: 'head' },
      avatar(from),
      element(
        'div',
        { class: 'people' },
        element('p', { class: 'sender', dir: 'auto' }, wordsFor(from)),
        recipients('To', item.to),
        ...(item.cc.length > 0 ? [recipients('Cc', item.cc)] : []),
        ...(item.bcc?.length ? [recipients('Bcc', item.bcc)] : []),
      ),
      element('time', { class: 'quiet', datetime: item.receivedAt }, whenOf(item.receivedAt)),
    ),
    ...(files.length > 0 ? [element('ul', { class: 'files' }, ...files.map(fileOf))] : []),
    body,
    element('div', { class: 'actions' }, ...actions),
  )
}

export function showMeeting(meeting: MeetingItem, side: 'organizer' | 'attendee'): void {
  const times = `${whenOf(meeting.start)} to ${whenOf(meeting.end)}`
  pane().replaceChildren(
    element('h2', { class: 'title' }, meeting.subject),
    element('p', { class: 'line' }, `${times} · ${meeting.location}`),
    element(
      'p',
      { class: 'line quiet' },
      side === 'organizer' ? 'You organize it.' : `Asked by ${wordsFor(meeting.organizer)}.`,
    ),
    recipients('With', meeting.required),
  )
}

export function showNothing(words = 'Choose a message.'): void {
  pane().replaceChildren(element('p', { class: 'quiet middle' }, words))
}

const pane = () => required('reading', HTMLElement)

const recipients = (label: string, people: Person[]) =>
  element(
    'p',
    { class: 'quiet', dir: 'auto' },
    `${label} ${people.map(({ name, address }) => name || address).join(', ') || 'nobody'}`,
  )

const fileOf = ({ name, size }: ItemAttachment) =>
  element(
    'li',
    {},
    element('span', {}, name),
    element('span', { class: 'quiet' }, `${Math.max(1, Math.round(size / 1_024))} kB`),
  )

const wordsFor = ({ name, address }: Person) =>
  name && address ? `${name} <${address}>` : name || address

const whenOf = (iso: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  )
