import type { AadstsCode } from './aadsts.ts'
import { AadstsError } from './aadsts.ts'
import { people, type PersonKey } from './directory.ts'

/** Where a fault can strike: the sign-in page or one of the token endpoint's grants. */
export type FaultPoint =
  'authorize' | 'authorization_code' | 'refresh_token' | 'client_credentials' | 'on_behalf_of'

export type Fault = {
  /** Any grant of the token endpoint when absent; the sign-in page fails only when named. */
  grant?: FaultPoint
  /** Anybody when absent. */
  user?: PersonKey
  aadsts: AadstsCode
  /** How many requests it fails; 1 when absent. */
  times?: number
}

/** Failures waiting for their request, first come first served. */
export class Faults {
  /** How many requests met a fault so far. */
  struck = 0
  private waiting: { fault: Fault; left: number }[] = []

  failNext(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 })
  }

  clear(): void {
    this.waiting = []
  }

  /** Throws the first fault that fits this request, and uses it up. */
  strike(point: FaultPoint, oid?: string): void {
    const hit = this.waiting.find(
      ({ fault: { grant, user } }) =>
        (grant ? grant === point : point !== 'authorize') && (!user || people[user].oid === oid),
    )
    if (!hit) return
    hit.left -= 1
    this.struck += 1
    this.waiting = this.waiting.filter(({ left }) => left > 0)
    throw new AadstsError(hit.fault.aadsts)
  }
}
