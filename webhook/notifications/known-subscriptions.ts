import type { Subscription } from '../../models/subscription.ts'
import type { Clock } from '../clock.ts'
import { SECOND } from '../duration.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'

const LIFE_MS = 30 * SECOND
const MOST = 10_000

type Remembered = { subscription: Subscription; until: number }

/**
 * The records of the subscriptions that rang just now. One that another instance removed meanwhile is still recognised
 * for a moment, which costs a pass that finds nothing: a secret never changes under its id, and a bell is never believed
 * more than that. Who is unknown is not remembered, as the record may be on its way.
 */
export class KnownSubscriptions {
  private readonly remembered = new Map<string, Remembered>()

  constructor(private readonly parts: { subscriptionStore: SubscriptionStore; clock: Clock }) {}

  async findMany(ids: Iterable<string>): Promise<Map<string, Subscription>> {
    const now = this.parts.clock.now().getTime()
    const found = new Map<string, Subscription>()
    const asked: string[] = []
    for (const id of new Set(ids)) {
      const one = this.remembered.get(id)
      // Whose life seems over may have been renewed by another instance.
      const isFresh = one && one.until > now && one.subscription.expiresAt.getTime() > now
      if (isFresh) found.set(id, one.subscription)
      else asked.push(id)
    }
    if (asked.length === 0) return found
    const subscriptions = await this.parts.subscriptionStore.findMany(asked)
    if (this.remembered.size + subscriptions.length > MOST) this.remembered.clear()
    for (const subscription of subscriptions) {
      found.set(subscription._id, subscription)
      this.remembered.set(subscription._id, { subscription, until: now + LIFE_MS })
    }
    return found
  }

  /** To be called when this process removes a record. */
  forget(id: string): void {
    this.remembered.delete(id)
  }
}
