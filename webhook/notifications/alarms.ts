import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'

/** `flood`: genuine, and so many that its secret may be in wrong hands. */
export type AlarmReason = 'unknown' | 'forged' | 'expired' | 'bad-token' | 'flood'
export type Alarm = { subscriptionId: string | null; reason: AlarmReason; count: number }

/** One alarm for each subscription and reason in this time; the next one counts those kept quiet. */
const WINDOW_MS = 10 * MINUTE
/** More genuine items of one subscription in a window than any mailbox has news. */
const FLOOD = 5_000
const MOST = 2_000

type Count = { since: number; quietUntil: number; items: number }

/** Tells of notifications that were refused, and never in proportion: whoever forges must not fill the log. */
export class Alarms {
  private readonly counts = new Map<string, Count>()

  constructor(private readonly parts: { clock: Clock; onAlarm: (alarm: Alarm) => void }) {}

  /** Ids that nobody knows are the sender's own invention: they share one alarm. */
  refused(subscriptionId: string | null, reason: Exclude<AlarmReason, 'flood'>): void {
    this.count(reason === 'unknown' ? null : subscriptionId, { reason, from: 1 })
  }

  rang(subscriptionId: string): void {
    this.count(subscriptionId, { reason: 'flood', from: FLOOD })
  }

  private count(
    subscriptionId: string | null,
    { reason, from }: { reason: AlarmReason; from: number },
  ): void {
    const now = this.parts.clock.now().getTime()
    const count = this.countOf(`${reason} ${subscriptionId}`, now)
    if (from > 1 && now - count.since > WINDOW_MS) Object.assign(count, { since: now, items: 0 })
    count.items++
    if (count.items < from || now < count.quietUntil) return
    this.parts.onAlarm({ subscriptionId, reason, count: count.items })
    Object.assign(count, { quietUntil: now + WINDOW_MS, items: 0 })
  }

  private countOf(key: string, now: number): Count {
    const known = this.counts.get(key)
    if (known) return known
    if (this.counts.size >= MOST) this.counts.clear()
    const count = { since: now, quietUntil: 0, items: 0 }
    this.counts.set(key, count)
    return count
  }
}
