import { element, required } from './dom.ts'

export type Surface = 'read' | 'compose' | 'meeting'

/** As in Outlook on the web: a sandboxed frame that may run scripts, keep its origin, and open the sign-in window. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox'

/** The task pane: its frame, and its pin. What is open in it starts anew with every load. */
export class PaneFrame {
  readonly #box = required('pane', HTMLElement)
  readonly #place = required('pane-place', HTMLElement)
  readonly #pin = required('pin', HTMLButtonElement)
  readonly #toggle = required('pane-toggle', HTMLButtonElement)
  readonly #url: string
  #surface: Surface = 'read'
  #canPin = true
  #isPinned = true

  constructor(url: string) {
    this.#url = url
    this.#toggle.addEventListener('click', () => (this.isOpen ? this.close() : this.open()))
    required('pane-close', HTMLButtonElement).addEventListener('click', () => this.close())
    this.#pin.addEventListener('click', () => {
      this.#isPinned = !this.#isPinned
      this.#showPin()
      // Pinning loads the pane anew (outlook-addin 2.4).
      this.reload()
    })
    this.#showPin()
  }

  readonly window = (): Window | null => this.#place.querySelector('iframe')?.contentWindow ?? null

  get isOpen(): boolean {
    return !this.#box.hidden
  }

  /** A client that cannot pin loses its pane with the next message. */
  setClient({ pins, isPhone }: { pins: boolean; isPhone: boolean }): void {
    this.#canPin = pins
    document.documentElement.toggleAttribute('data-phone', isPhone)
    this.#showPin()
  }

  setWidth(width: string): void {
    this.#box.dataset['width'] = width
  }

  /** Another item is open: the pane stays if it is pinned, and each kind of form has its own. */
  follow(surface: Surface): void {
    const isOther = surface !== this.#surface
    this.#surface = surface
    this.#showPin()
    if (!this.isOpen) return
    if (isOther) this.reload()
    else if (!this.#staysOpen()) this.close()
  }

  open(): void {
    this.#box.hidden = false
    this.#toggle.setAttribute('aria-pressed', 'true')
    this.reload()
  }

  close(): void {
    this.#box.hidden = true
    this.#toggle.setAttribute('aria-pressed', 'false')
    this.#place.replaceChildren()
  }

  /** Ends whatever runs in it, at once: as when Outlook kills a pane. */
  reload(): void {
    if (!this.isOpen) return
    const query = this.#surface === 'read' ? '' : `?surface=${this.#surface}`
    const frame = element('iframe', { title: 'FlowCRM', src: this.#url + query, sandbox: SANDBOX })
    this.#place.replaceChildren(frame)
  }

  /** Only the pane beside a message that is read can be pinned. */
  #staysOpen(): boolean {
    return this.#surface === 'read' && this.#canPin && this.#isPinned
  }

  #showPin(): void {
    this.#pin.hidden = !this.#canPin || this.#surface !== 'read'
    this.#pin.setAttribute('aria-pressed', String(this.#isPinned))
  }
}
