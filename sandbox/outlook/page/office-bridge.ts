import type { FullItem } from '../outlook-mail.ts'
import type { HostItem, Link, ThemeColours, ToHost, ToPane } from './messages.ts'

/** What Outlook takes at once; the docs give the limit and not the symptom, so the stand-in refuses (outlook-addin 6.3). */
const MAX_CALLS = 3

const COLOURS: Record<'light' | 'dark', ThemeColours> = {
  light: {
    bodyBackgroundColor: '#ffffff',
    bodyForegroundColor: '#242424',
    controlBackgroundColor: '#f5f5f5',
    controlForegroundColor: '#242424',
  },
  dark: {
    bodyBackgroundColor: '#1f1f1f',
    bodyForegroundColor: '#ffffff',
    controlBackgroundColor: '#292929',
    controlForegroundColor: '#ffffff',
  },
}

export type BridgeUser = { address: string; displayName: string }

/** The host's side of Office.js: knows the open item, and answers what the pane asks about it. */
export class OfficeBridge {
  readonly #link: Link<ToPane, ToHost>
  #user: BridgeUser = { address: '', displayName: '' }
  #item: FullItem | null = null
  #theme: 'light' | 'dark' = 'light'
  #inFlight = 0

  constructor(link: Link<ToPane, ToHost>) {
    this.#link = link
    link.listen((message) => (message.kind === 'hello' ? this.#start() : this.#answerBody(message)))
  }

  /** Another person's Outlook; the page reloads the pane for it. */
  setUser(user: BridgeUser): void {
    this.#user = user
    this.#item = null
  }

  /** Swaps the open item, then says so: `mailbox.item` is new before ItemChanged (outlook-addin 2.4). */
  open(item: FullItem | null): void {
    this.#item = item
    this.#link.post({ kind: 'item', item: item && hostItem(item) })
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.#theme = theme
    this.#link.post({ kind: 'theme', theme: COLOURS[theme] })
  }

  #start(): void {
    const { address, displayName } = this.#user
    this.#link.post({
      kind: 'start',
      user: { emailAddress: address, displayName, timeZone: 'UTC' },
      theme: COLOURS[this.#theme],
      item: this.#item && hostItem(this.#item),
    })
  }

  #answerBody({ call, itemId }: Extract<ToHost, { kind: 'get-body' }>): void {
    const refuse = (code: number, name: string, message: string) =>
      this.#link.post({ kind: 'refusal', call, error: { code, name, message } })
    if (this.#inFlight >= MAX_CALLS) return refuse(5001, 'InternalError', 'Too many calls at once.')
    this.#inFlight++
    setTimeout(() => {
      this.#inFlight--
      const item = this.#item
      if (!item || toEwsId(item.id) !== itemId)
        return refuse(9020, 'GenericResponseError', 'The item is not open any more.')
      this.#link.post({ kind: 'answer', call, value: item.bodyHtml })
    })
  }
}

/** Outlook's own form of a Graph id (outlook-addin 2.5): base64 with `/` and `+`. */
export function toEwsId(restId: string): string {
  return restId.replaceAll('-', '/').replaceAll('_', '+')
}

function hostItem({ id, bodyHtml: _body, preview: _preview, ...rest }: FullItem): HostItem {
  return { itemId: toEwsId(id), ...rest }
}
