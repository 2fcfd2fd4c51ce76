import type { Rest } from './rest.ts'

const SLOW = ['sign', 'verify', 'digest', 'importKey'] as const

/**
 * From now on, until disposed of, what WebCrypto does in threads of its own is work under way, so that virtual time waits for
 * it. Else how far time goes meanwhile would be the machine's, and no run like the other.
 */
export function countThreadWork(rest: Rest): Disposable {
  const subtle = Object.getPrototypeOf(crypto.subtle) as Record<string, AsyncFunction>
  const real = SLOW.map((name) => [name, subtle[name]] as const)
  for (const [name, work] of real)
    if (work)
      subtle[name] = function (this: unknown, ...given) {
        return rest.during(() => work.apply(this, given))
      }
  return { [Symbol.dispose]: () => Object.assign(subtle, Object.fromEntries(real)) }
}

type AsyncFunction = (this: unknown, ...given: unknown[]) => Promise<unknown>
