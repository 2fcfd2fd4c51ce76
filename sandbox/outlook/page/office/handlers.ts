import { answered } from './calls.ts'

type Handler = (event: object) => void

/** Who listens to what: `addHandlerAsync` and its counterpart, of the mailbox or of one item. */
export class Handlers {
  readonly #byType = new Map<string, Set<Handler>>()

  readonly addHandlerAsync = (...args: unknown[]): void => {
    const [type, handler] = args as [string, Handler]
    const there = this.#byType.get(type) ?? new Set()
    this.#byType.set(type, there.add(handler))
    answered(args, 2)
  }

  /** Takes away all handlers of the type, as Outlook does. */
  readonly removeHandlerAsync = (...args: unknown[]): void => {
    this.#byType.delete(String(args[0]))
    answered(args, 1)
  }

  raise(type: string, about: object): void {
    for (const handler of this.#byType.get(type) ?? []) handler({ type, ...about })
  }
}
