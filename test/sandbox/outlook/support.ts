import { jest } from '@jest/globals'
import type { FullItem } from '../../../sandbox/outlook/outlook-mail.ts'
import type { PageActions } from '../../../sandbox/outlook/page/answers/asked.ts'
import type { Draft } from '../../../sandbox/outlook/page/draft.ts'
import type { Link, ToHost, ToPane } from '../../../sandbox/outlook/page/messages.ts'
import type { ClientName } from '../../../sandbox/outlook/page/office/clients.ts'
import { OfficeBridge } from '../../../sandbox/outlook/page/office-bridge.ts'
import { installOffice } from '../../../sandbox/outlook/page/office-js.ts'

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

export function aPage() {
  return { history: { pushState: () => {}, replaceState: () => {} } } as unknown as Window
}

/** A person's Outlook and the Office.js in its pane; timers must be jest's. */
export async function inOutlook(client: ClientName = 'web', page?: PageActions) {
  const link = aLink()
  const bridge = new OfficeBridge(link.hostSide, page)
  bridge.setUser({ address: 'alice@contoso.test', displayName: 'Alice' })
  bridge.setClient(client)
  const pane = aPage()
  installOffice(pane, link.paneSide)
  const office = Reflect.get(pane, 'Office') as typeof Office
  const info = await office.onReady()
  const settle = () => jest.advanceTimersByTimeAsync(20)
  const open = async (mail: Parameters<OfficeBridge['open']>[0]) => {
    bridge.open(mail)
    await settle()
    return office.context.mailbox.item as Office.MessageRead
  }
  const write = async (draft: Draft) => {
    bridge.openDraft(draft)
    await settle()
    return office.context.mailbox.item as unknown as Office.MessageCompose
  }
  return { bridge, office, info, open, write, settle }
}

/** The result of one call, and whether it came before the call had returned. */
export function resultOf<T>(start: (done: (result: Office.AsyncResult<T>) => void) => void) {
  let returned = false
  const result = new Promise<Office.AsyncResult<T> & { tooEarly: boolean }>((resolve) => {
    start((answer) => resolve({ ...answer, tooEarly: !returned }))
  })
  returned = true
  return result
}

/** The value of a call that must not be refused. */
export async function valueOf<T>(
  start: (done: (result: Office.AsyncResult<T>) => void) => void,
): Promise<T> {
  const { status, value, error } = await resultOf(start)
  if (String(status) !== 'succeeded') throw new Error(`${error.code} ${error.name}`)
  return value
}
