import type { Look } from '../../../models/wire/pane/look.ts'
import type { OpenMessage } from '../../office/item.ts'

/** As many messages as somebody goes back to; each is a few kilobytes. */
const MOST = 50

/** What the CRM said of messages that were open in this session; the one that was told longest ago goes first. */
export class Looks {
  readonly #looks = new Map<string, Look>()

  get(message: OpenMessage): Look | null {
    return this.#looks.get(nameOf(message)) ?? null
  }

  put(message: OpenMessage, look: Look): void {
    const name = nameOf(message)
    this.#looks.delete(name)
    this.#looks.set(name, look)
    const [oldest] = this.#looks.keys()
    if (this.#looks.size > MOST && oldest !== undefined) this.#looks.delete(oldest)
  }

  /** Somebody else may sign in. */
  clear(): void {
    this.#looks.clear()
  }
}

const nameOf = ({ mailboxAddress, itemId, internetMessageId }: OpenMessage) =>
  JSON.stringify([mailboxAddress, itemId ?? null, internetMessageId ?? null])
