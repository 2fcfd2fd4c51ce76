import type { EmailStatus, EmailStatusRequest } from '../../../models/wire/log-email.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Tokens, Who } from '../../auth/tokens.ts'
import type { OpenItem, OpenMessage } from '../../office/item.ts'
import type { Outlook } from '../../office/outlook.ts'
import type { Selection } from '../../office/selection.ts'
import type { Crm } from './crm.ts'
import type { Again, View } from './view.ts'

/** The far side of the pane, loaded after the first paint. */
export type Connection = { tokens: Tokens; crm: Crm }

export type PaneParts = {
  /** Rejects with an OfficeError outside Outlook. */
  outlook: Promise<Outlook>
  connect: (outlook: Outlook) => Promise<Connection>
}

/**
 * The pane without its looks: holds the view, and moves it on. Each step takes a turn; what a step finds out after
 * another one began is dropped, so an answer about the last message never shows on this one.
 */
export class Pane {
  readonly #parts: PaneParts
  readonly #listeners = new Set<() => void>()
  #view: View = { kind: 'starting' }
  #turn = 0
  #outlook: Outlook | null = null
  #connection: Connection | null = null
  #selection: Selection | null = null

  constructor(parts: PaneParts) {
    this.#parts = parts
  }

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly view = (): View => this.#view

  async start(): Promise<void> {
    const turn = this.#take({ kind: 'starting' })
    try {
      this.#outlook = await this.#parts.outlook
    } catch (error) {
      return this.#fail(turn, error, 'reload')
    }
    try {
      this.#connection ??= await this.#parts.connect(this.#outlook)
      const token = await this.#connection.tokens.silent()
      if (turn !== this.#turn) return
      if (token === null) this.#show({ kind: 'signed-out', problem: null })
      else this.#watch()
    } catch (error) {
      this.#fail(turn, error, 'start')
    }
  }

  /** From a click only: browsers block windows that open by themselves. */
  async signIn(who?: Who): Promise<void> {
    const turn = this.#take({ kind: 'signing-in' })
    try {
      await this.#connected().tokens.signIn(who)
      if (turn === this.#turn) this.#watch()
    } catch (error) {
      if (turn === this.#turn) this.#show({ kind: 'signed-out', problem: toFailure(error) })
    }
  }

  /** Logs the message on show. */
  async log(): Promise<void> {
    const message = this.#message()
    if (!message) return
    const turn = this.#take({ kind: 'logging', message })
    try {
      const bodyHtml = await message.readBodyHtml()
      const { subject, from, to, cc, sentAt } = message
      const request = { ...keyOf(message), subject, from, to, cc, sentAt, bodyHtml }
      const status = await this.#connected().crm.log(request)
      this.#settle(turn, viewOf(message, status, true))
    } catch (error) {
      this.#fail(turn, error, 'log')
    }
  }

  again(what: Again): void {
    if (what === 'reload') window.location.reload()
    if (what === 'start') void this.start()
    if (what === 'read') this.#selection?.read()
    if (what === 'log') void this.log()
  }

  stop(): void {
    this.#turn++
    this.#selection?.stop()
    this.#selection = null
  }

  #watch(): void {
    this.#take({ kind: 'starting' })
    if (this.#selection) return this.#selection.read()
    this.#selection =
      this.#outlook?.watchSelection({
        onItem: (item) => void this.#open(item),
        onFailure: (error) => this.#fail(++this.#turn, error, 'read'),
      }) ?? null
  }

  async #open(item: OpenItem): Promise<void> {
    // Who is signed out is asked to sign in first; what is open then is read after that.
    if (this.#view.kind === 'signed-out' || this.#view.kind === 'signing-in') return
    if (item.kind !== 'message') {
      this.#take({ kind: item.kind === 'none' ? 'no-item' : item.kind })
      return
    }
    const { message } = item
    const turn = this.#take({ kind: 'loading', message })
    try {
      const status = await this.#connected().crm.status(keyOf(message))
      this.#settle(turn, viewOf(message, status, false))
    } catch (error) {
      this.#fail(turn, error, 'read')
    }
  }

  #message(): OpenMessage | null {
    return 'message' in this.#view ? this.#view.message : null
  }

  #connected(): Connection {
    if (!this.#connection) throw new Error('The pane is not connected yet.')
    return this.#connection
  }

  #take(view: View): number {
    this.#show(view)
    return ++this.#turn
  }

  #settle(turn: number, view: View): void {
    if (turn === this.#turn) this.#show(view)
  }

  #fail(turn: number, error: unknown, again: Again): void {
    const problem = toFailure(error)
    this.#settle(
      turn,
      problem.code === 'not-signed-in'
        ? { kind: 'signed-out', problem }
        : {
            kind: 'failed',
            message: this.#message(),
            problem,
            again: againAfter(problem.code, again),
          },
    )
  }

  #show(view: View): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}

/** Another message is open by now: trying the old one again would fail again. */
function againAfter(code: string, again: Again): Again {
  return code === 'message-changed' ? 'read' : again
}

function viewOf(message: OpenMessage, status: EmailStatus, justLogged: boolean): View {
  return status.state === 'stored'
    ? { kind: 'stored', message, status, justLogged }
    : { kind: 'not-logged', message }
}

function keyOf({ itemId, internetMessageId, mailboxAddress }: OpenMessage): EmailStatusRequest {
  return {
    ...(itemId ? { itemId } : {}),
    ...(internetMessageId ? { internetMessageId } : {}),
    mailboxAddress,
  }
}
