import type { Clock } from '../../../webhook/clock.ts'
import type { Random } from '../../random.ts'

/** The next so many, or a share of all (0 to 1) until cleared. */
export type Amount = { next: number } | { rate: number }

/** What happens to one notification. */
export type Fate =
  /** `announced`: Outlook knows, and may say `missed`. */
  | { kind: 'lost'; why: string; announced: boolean }
  /** Kept until the `last` of them, then all are let go back to front. */
  | { kind: 'held'; last: boolean }
  /** One or two copies, each after so long. */
  | { kind: 'sent'; delaysMs: number[] }

/** In usual latencies: enough for later ones to overtake. */
const LATE_BY = 3

type Fault = 'drop' | 'duplicate' | 'reorder'

const IN_WORDS: Record<Fault, string> = {
  drop: 'are lost',
  duplicate: 'come twice',
  reorder: 'come in another order',
}

/** What goes wrong with change notifications between Exchange and the endpoint (graph-contract 9, 10 "Delivery"). */
export class DeliveryFaults {
  private readonly amounts = new Map<Fault, Amount>()
  private delayMs = 0
  private silentUntil = 0
  private burstAt = 0

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  drop(amount: Amount): void {
    this.amounts.set('drop', amount)
  }

  duplicate(amount: Amount): void {
    this.amounts.set('duplicate', amount)
  }

  /** The next n arrive back to front; a share of all is overtaken by later ones. */
  reorder(amount: Amount): void {
    this.amounts.set('reorder', amount)
  }

  delay(ms: number): void {
    this.delayMs = ms
  }

  /** Nothing comes for so long, what happens meanwhile is never told, and no lifecycle event says so (graph-contract 9 #10). */
  silence(ms: number): void {
    this.silentUntil = this.nowMs() + ms
  }

  /** Everything of the coming `ms` arrives at their end, all at once. */
  burst(ms: number): void {
    this.burstAt = this.nowMs() + ms
  }

  clear(): void {
    this.amounts.clear()
    this.delayMs = this.silentUntil = this.burstAt = 0
  }

  /** Decides on the next notification; `latencyMs` draws how long one takes. */
  fate(latencyMs: () => number): Fate {
    if (this.nowMs() < this.silentUntil) return { kind: 'lost', why: 'silence', announced: false }
    if (this.strikes('drop'))
      return { kind: 'lost', why: 'dropped at the fault desk', announced: true }
    const untilBurst = this.burstAt - this.nowMs()
    if (untilBurst > 0) return { kind: 'sent', delaysMs: [untilBurst] }
    const reorder = this.amounts.get('reorder')
    const late = this.strikes('reorder')
    if (late && reorder && 'next' in reorder) return { kind: 'held', last: reorder.next <= 1 }
    const extra = this.delayMs + (late ? LATE_BY * latencyMs() : 0)
    const copies = this.strikes('duplicate') ? 2 : 1
    return { kind: 'sent', delaysMs: Array.from({ length: copies }, () => latencyMs() + extra) }
  }

  /** What is on, in words. */
  active(): string[] {
    const left = (until: number) => Math.ceil((until - this.nowMs()) / 1_000)
    return [
      ...[...this.amounts].map(([fault, amount]) => `${amountText(amount)} ${IN_WORDS[fault]}`),
      ...(this.delayMs > 0 ? [`every notification is ${this.delayMs} ms late`] : []),
      ...(left(this.silentUntil) > 0 ? [`silence for another ${left(this.silentUntil)} s`] : []),
      ...(left(this.burstAt) > 0 ? [`a burst in ${left(this.burstAt)} s`] : []),
    ]
  }

  /** Whether this fault meets the next notification; a count goes down by one. */
  private strikes(fault: Fault): boolean {
    const amount = this.amounts.get(fault)
    if (!amount) return false
    if ('rate' in amount) return this.random.chance(amount.rate)
    if (amount.next <= 1) this.amounts.delete(fault)
    else this.amounts.set(fault, { next: amount.next - 1 })
    return amount.next > 0
  }

  private nowMs(): number {
    return this.clock.now().getTime()
  }
}

const amountText = (amount: Amount) =>
  'next' in amount
    ? `the next ${amount.next} notifications`
    : `${Math.round(amount.rate * 100)} % of notifications`
