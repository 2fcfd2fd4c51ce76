import type { Link, ToHost, ToPane } from '../messages.ts'

/** An asynchronous call of Office.js: own arguments, then at most options and a callback. */
export type AsyncMethod = (...args: unknown[]) => void

type Result = {
  status: 'succeeded' | 'failed'
  value?: unknown
  error?: { code: number; name: string; message: string }
  asyncContext: unknown
  diagnostics: object
}
type Waiting = {
  done: ((result: Result) => void) | undefined
  context: unknown
  revive: (value: never) => unknown
}

/** Office.js's calls to the host: each is answered once, later, with the context it was asked with. */
export class Calls {
  readonly #link: Link<ToHost, ToPane>
  readonly #waiting = new Map<number, Waiting>()
  #last = 0

  constructor(link: Link<ToHost, ToPane>) {
    this.#link = link
  }

  /**
   * A method that asks the host. `key` names the item, `arity` counts its own arguments; `revive` makes of the answer
   * what the pane gets.
   */
  method<T>(
    key: string | null,
    method: string,
    arity: number,
    revive: (value: T) => unknown = (value) => value,
  ): AsyncMethod {
    return (...args) => {
      const { own, options, done } = takenApart(args, arity)
      const { asyncContext: context, ...rest } = options
      const call = ++this.#last
      this.#waiting.set(call, { done, context, revive })
      this.#link.post({ kind: 'call', call, key, method, args: own, options: rest })
    }
  }

  end(message: Extract<ToPane, { kind: 'answer' | 'refusal' }>): void {
    const waiting = this.#waiting.get(message.call)
    if (!waiting) return
    this.#waiting.delete(message.call)
    const { done, context, revive } = waiting
    const about = { asyncContext: context, diagnostics: {} }
    later(() =>
      message.kind === 'answer'
        ? done?.({ status: 'succeeded', value: revive(message.value as never), ...about })
        : done?.({ status: 'failed', error: message.error, ...about }),
    )
  }
}

/** A call that needs no host. */
export function answered(args: unknown[], arity: number, value?: unknown): void {
  const { options, done } = takenApart(args, arity)
  const asyncContext = options['asyncContext']
  later(() => done?.({ status: 'succeeded', value, asyncContext, diagnostics: {} }))
}

/** No callback ever runs before the call that asked for it has returned. */
export function later(work: () => void): void {
  setTimeout(work)
}

function takenApart(args: unknown[], arity: number) {
  const rest = args.slice(arity)
  const done = rest.find((one) => typeof one === 'function') as Waiting['done']
  const options = (rest.find((one) => typeof one === 'object' && one !== null) ?? {}) as Record<
    string,
    unknown
  >
  return { own: args.slice(0, arity), options, done }
}
