import { GraphFault } from '../errors.ts'

/** Which requests a fault meets; all of them when nothing is said. `path` fits anywhere, as it is spelled: ids may differ by case alone. */
export type FaultTarget = { method?: string; path?: string }

/** What can befall a reply on the wire: it breaks off, never comes, or comes as something else under a good status. */
export const damages = [
  'reset',
  'hang',
  'truncated',
  'not-json',
  'error-with-200',
  'wrong-type',
] as const
export type Damage = (typeof damages)[number]

type Failure = FaultTarget & { left: number; status: number; retryAfterSeconds?: number }
type WireFault = FaultTarget & { left: number; damage: Damage }

/** Faults waiting for requests (graph-contract 6.2, 10 "Throttling and transport"). */
export class RequestFaults {
  /** How long every reply takes. */
  slowMs = 0
  private failures: Failure[] = []
  private wireFaults: WireFault[] = []

  /** The next `count` fitting requests are answered with `status` instead of being carried out. */
  fail(
    failure: FaultTarget & { status: number; count?: number; retryAfterSeconds?: number },
  ): void {
    const { count = 1, ...rest } = failure
    this.failures.push({ ...rest, left: count })
  }

  /** The next `count` fitting requests are carried out, and their replies damaged on the way. */
  damage(fault: FaultTarget & { damage: Damage; count?: number }): void {
    const { count = 1, ...rest } = fault
    this.wireFaults.push({ ...rest, left: count })
  }

  /** Uses up and throws the failure waiting for this request, if any. */
  throwNext(method: string, path: string): void {
    const failure = take(this.failures, method, path)
    if (failure) throw faultOf(failure)
  }

  takeDamage(method: string, path: string): Damage | undefined {
    return take(this.wireFaults, method, path)?.damage
  }

  clear(): void {
    this.slowMs = 0
    this.failures = []
    this.wireFaults = []
  }

  /** What is still on, in words. */
  active(): string[] {
    return [
      ...(this.slowMs > 0 ? [`every reply takes ${this.slowMs} ms longer`] : []),
      ...this.failures
        .filter(({ left }) => left > 0)
        .map(
          (failure) => `the next ${failure.left} ${targetOf(failure)} fail with ${failure.status}`,
        ),
      ...this.wireFaults
        .filter(({ left }) => left > 0)
        .map(
          (fault) =>
            `the next ${fault.left} replies to ${targetOf(fault)} arrive damaged (${fault.damage})`,
        ),
    ]
  }
}

function take<Fault extends FaultTarget & { left: number }>(
  faults: Fault[],
  method: string,
  path: string,
): Fault | undefined {
  const fault = faults.find(
    (candidate) =>
      candidate.left > 0 &&
      (candidate.method === undefined || candidate.method.toUpperCase() === method) &&
      (candidate.path === undefined || path.includes(candidate.path)),
  )
  if (fault) fault.left -= 1
  return fault
}

const targetOf = ({ method, path }: FaultTarget) =>
  [method, 'requests', path === undefined ? undefined : `with "${path}"`].filter(Boolean).join(' ')

/** 504 is on record as `UnknownError` without a message (graph-contract 6.2); the other codes are its generic ones. */
function faultOf({ status, retryAfterSeconds }: Failure): GraphFault {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  if (status === 504) return new GraphFault(504, 'UnknownError', '', headers)
  const code = { 429: 'TooManyRequests', 500: 'InternalServerError', 503: 'ServiceUnavailable' }[
    status
  ]
  return new GraphFault(status, code ?? 'UnknownError', 'A fault was asked for.', headers)
}
