import type { Look } from '../../../models/wire/pane/look.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Tokens, Who } from '../../auth/tokens.ts'
import type { OpenItem, OpenMessage } from '../../office/item.ts'
import type { Outlook } from '../../office/outlook.ts'
import type { Selection } from '../../office/selection.ts'
import type { Crm } from './crm.ts'
import { Looks } from './looks.ts'
import { logRequestOf, lookRequestOf, type LogChoices } from './requests.ts'
import { shown, type Again, type View } from './view.ts'

/** The far side of the pane, loaded after the first paint. */
export type Connection = { tokens: Tokens; crm: Crm }

export type PaneParts = {
  /** Rejects with an OfficeError outside Outlook. */
  outlook: Promise<Outlook>
  connect: (outlook: Promise<Outlook>) => Promise<Connection>
}

/**
 * The pane without its looks: holds the view, and moves it on. Each step takes a turn; what a step finds out after
 * another one began is not shown, so an answer about the last message never shows on this one. It is kept, so that going
 * back to a message shows it at once and asks behind.
 */
export class Pane {
  readonly #parts: PaneParts
  readonly #listeners = new Set<() => void>()
  readonly #looks = new Looks()
  #view: View = { kind: 'starting' }
  #turn = 0
  #outlook: Outlook | null = null
  #connection: Connection | null = null
  #selection: Selection | null = null
  /** Along with what is being logged. */
  #choices: LogChoices = {}

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
    const { outlook, connect } = this.#parts
    const [opened, connected] = await Promise.allSettled([
      outlook,
      this.#connection ?? connect(outlook),
    ])
    if (opened.status === 'rejected') return this.#fail(turn, opened.reason, 'reload')
    this.#outlook = opened.value
    if (connected.status === 'rejected') return this.#fail(turn, connected.reason, 'start')
    this.#connection = connected.value
    try {
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
    this.#looks.clear()
    try {
      await this.#connected().tokens.signIn(who)
      if (turn === this.#turn) this.#watch()
    } catch (error) {
      if (turn === this.#turn) this.#show({ kind: 'signed-out', problem: toFailure(error) })
    }
  }

  /** Logs the message on show, with what the person has chosen, in one request that can be repeated. */
  async log(choices: LogChoices = {}): Promise<void> {
    const message = this.#message()
    if (!message) return
    this.#choices = choices
    const look = this.#looks.get(message)
    const doing = 'logging' as const
    const turn = this.#take(
      look ? { ...shown(message, look), doing } : { kind: 'loading', message },
    )
    try {
      const { crm } = this.#connected()
      const status = await crm.log(logRequestOf(message, await message.readBodyHtml(), choices))
      if (look) this.#keep(turn, message, { look: { ...look, message: status }, justLogged: true })
    } catch (error) {
      return this.#fail(turn, error, 'log')
    }
    await this.#look(turn, message, true)
  }

  /** Asks the CRM for something beside the message on show; who is signed out by now is told so. */
  readonly ask = async <T>(question: (crm: Crm) => Promise<T>): Promise<T> => {
    const turn = this.#turn
    try {
      return await question(this.#connected().crm)
    } catch (error) {
      const problem = toFailure(error)
      if (problem.code === 'not-signed-in') this.#settle(turn, { kind: 'signed-out', problem })
      throw error
    }
  }

  /** Where the console shows a contact. */
  readonly contactPage = (id: string): string => this.#connected().crm.contactPage(id)

  /** After something has changed: what is on show stays until the answer is here. */
  async refresh(): Promise<void> {
    const message = this.#message()
    if (message) await this.#look(this.#turn, message)
  }

  again(what: Again): void {
    if (what === 'reload') window.location.reload()
    if (what === 'start') void this.start()
    if (what === 'read') this.#selection?.read()
    if (what === 'log') void this.log(this.#choices)
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
        onFailure: (error) => this.#fail(this.#take({ kind: 'starting' }), error, 'read'),
      }) ?? null
  }

  async #open(item: OpenItem): Promise<void> {
    // Who is signed out is asked to sign in first; what is open then is read after that.
    if (this.#view.kind === 'signed-out' || this.#view.kind === 'signing-in') return
    if (item.kind !== 'message') {
      this.#take(item.kind === 'none' ? { kind: 'no-item' } : item)
      return
    }
    const { message } = item
    const known = this.#looks.get(message)
    const turn = this.#take(known ? shown(message, known) : { kind: 'loading', message })
    await this.#look(turn, message)
  }

  async #look(turn: number, message: OpenMessage, justLogged = false): Promise<void> {
    try {
      const look = await this.#connected().crm.look(lookRequestOf(message))
      this.#keep(turn, message, { look, justLogged })
    } catch (error) {
      this.#fail(turn, error, 'read')
    }
  }

  #keep(turn: number, message: OpenMessage, told: { look: Look; justLogged: boolean }): void {
    this.#looks.put(message, told.look)
    this.#settle(turn, { ...shown(message, told.look), justLogged: told.justLogged })
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
    if (problem.code === 'not-signed-in') return this.#settle(turn, { kind: 'signed-out', problem })
    const trouble = { problem, again: againAfter(problem.code, again) }
    const message = this.#message()
    const look = message && this.#looks.get(message)
    this.#settle(
      turn,
      look ? { ...shown(message, look), trouble } : { kind: 'failed', message, ...trouble },
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
