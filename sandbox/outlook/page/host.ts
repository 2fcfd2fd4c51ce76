import type { FullItem, ListItem } from '../outlook-mail.ts'
import { element, read, readOrNull, required } from './dom.ts'
import type { ToHost, ToPane } from './messages.ts'
import { OfficeBridge, type BridgeUser } from './office-bridge.ts'
import { showMessage, showNothing } from './reading-pane.ts'
import { windowLink } from './window-link.ts'

type Start = { paneUrl: string; mailboxes: BridgeUser[] }

/** The page: choose a mailbox, choose a message; the pane beside it follows, for it is pinned. */
class HostPage {
  readonly #mailbox = required('mailbox', HTMLSelectElement)
  readonly #list = required('messages', HTMLUListElement)
  readonly #state = required('state', HTMLElement)
  readonly #pane = required('pane', HTMLElement)
  readonly #start: Start
  readonly #bridge: OfficeBridge
  #open: string | null = null
  #listed = ''
  #turn = 0

  constructor(start: Start) {
    this.#start = start
    const { origin } = new URL(start.paneUrl)
    const paneWindow = () => this.#pane.querySelector('iframe')?.contentWindow ?? null
    this.#bridge = new OfficeBridge(windowLink<ToPane, ToHost>(window, paneWindow, origin))
    this.#listenToToolbar()
    for (const { address, displayName } of start.mailboxes)
      this.#mailbox.append(element('option', { value: address }, displayName))
  }

  async showMailbox(): Promise<void> {
    const user = this.#start.mailboxes.find(({ address }) => address === this.#mailbox.value)
    if (!user) return
    this.#open = null
    this.#turn++
    this.#listed = ''
    this.#list.replaceChildren()
    this.#state.textContent = 'Loading…'
    showNothing()
    this.#bridge.setUser(user)
    this.#loadPane()
    await this.#showList()
  }

  async #showList(): Promise<void> {
    const address = this.#mailbox.value
    const items = await read<ListItem[]>(messagesUrl(address))
    if (address !== this.#mailbox.value) return
    this.#state.textContent = items.length === 0 ? 'No messages.' : ''
    const listed = JSON.stringify(items)
    // Rows that are the same stay: a new one under a pressed mouse button would swallow the click.
    if (listed === this.#listed) return
    this.#listed = listed
    this.#list.replaceChildren(...items.map((item) => this.#row(item)))
    this.#markOpen()
  }

  #row(item: ListItem): HTMLElement {
    const from = item.isDraft
      ? '[Draft]'
      : item.from?.name || item.from?.address || 'Unknown sender'
    const row = element(
      'button',
      { type: 'button', class: 'row', 'data-id': item.id },
      element('span', { class: 'from', dir: 'auto' }, from),
      element('time', { class: 'quiet', datetime: item.receivedAt }, dayOf(item.receivedAt)),
      element('span', { class: 'subject', dir: 'auto' }, item.subject || '(no subject)'),
    )
    row.addEventListener('click', () => void this.#openMessage(item.id))
    return element('li', {}, row)
  }

  async #openMessage(id: string): Promise<void> {
    const turn = ++this.#turn
    this.#open = id
    this.#markOpen()
    const url = `${messagesUrl(this.#mailbox.value)}/${encodeURIComponent(id)}`
    const item = await readOrNull<FullItem>(url)
    if (turn !== this.#turn) return
    if (item) showMessage(item, url)
    else showNothing('This message is not there any more.')
    this.#bridge.open(item)
  }

  #markOpen(): void {
    for (const row of this.#list.querySelectorAll<HTMLElement>('.row'))
      row.setAttribute('aria-current', String(row.dataset['id'] === this.#open))
  }

  #loadPane(): void {
    // As in Outlook on the web: a sandboxed frame that may run scripts, keep its origin, and open the sign-in window.
    const sandbox =
      'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox'
    const frame = element('iframe', { title: 'FlowCRM', src: this.#start.paneUrl, sandbox })
    this.#pane.replaceChildren(frame)
  }

  #listenToToolbar(): void {
    const theme = required('theme', HTMLSelectElement)
    theme.addEventListener('change', () => {
      const dark = theme.value === 'dark'
      document.documentElement.dataset['theme'] = theme.value
      this.#bridge.setTheme(dark ? 'dark' : 'light')
    })
    const toggle = required('pane-toggle', HTMLButtonElement)
    toggle.addEventListener('click', () => {
      const shown = this.#pane.hidden
      this.#pane.hidden = !shown
      toggle.setAttribute('aria-pressed', String(shown))
      // Closing ends the pane; opening starts it anew.
      if (shown) this.#loadPane()
      else this.#pane.replaceChildren()
    })
    this.#mailbox.addEventListener('change', () => void this.showMailbox())
    required('refresh', HTMLButtonElement).addEventListener('click', () => void this.#showList())
    window.addEventListener('focus', () => void this.#showList())
  }
}

const messagesUrl = (address: string) => `/api/mailboxes/${encodeURIComponent(address)}/messages`

const dayOf = (iso: string) =>
  new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }).format(new Date(iso))

const page = new HostPage(await read<Start>('/api/start'))
await page.showMailbox()
