import type { FullItem } from '../../../sandbox/outlook/outlook-mail.ts'
import type { Link, ToHost, ToPane } from '../../../sandbox/outlook/page/messages.ts'

export function aMail(over: Partial<FullItem> = {}): FullItem {
  return {
    id: 'AAMk-1_a',
    internetMessageId: '<1@fabrikam.test>',
    subject: 'Quote',
    preview: 'Hello Alice',
    from: { name: 'Dora', address: 'dora@fabrikam.test' },
    to: [{ name: 'Alice', address: 'alice@contoso.test' }],
    cc: [],
    receivedAt: '2026-11-21T08:00:00.000Z',
    isDraft: false,
    bodyHtml: '<p>Hello</p>',
    ...over,
  }
}

/** What postMessage is between two windows: copies, delivered later. */
export function aLink(): { hostSide: Link<ToPane, ToHost>; paneSide: Link<ToHost, ToPane> } {
  const toHost: ((message: ToHost) => void)[] = []
  const toPane: ((message: ToPane) => void)[] = []
  const send =
    <T>(listeners: ((message: T) => void)[]) =>
    (message: T) =>
      setTimeout(() =>
        listeners.forEach((listen) => listen(JSON.parse(JSON.stringify(message)) as T)),
      )
  return {
    hostSide: { post: send(toPane), listen: (listener) => void toHost.push(listener) },
    paneSide: { post: send(toHost), listen: (listener) => void toPane.push(listener) },
  }
}
