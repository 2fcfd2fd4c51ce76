import type { Clock } from '../../../webhook/clock.ts'
import type { StoredSubscription } from './subscription.ts'

export type SubscriptionEvent = 'created' | 'authorized' | 'gone'
type Listener = (event: SubscriptionEvent, subscription: StoredSubscription) => void

/** The subscriptions there are now; an expired one is gone the moment anybody looks (graph-contract 10 "Subscriptions"). */
export class SubscriptionStore {
  private readonly byId = new Map<string, StoredSubscription>()
  private readonly listeners: Listener[] = []
  /** PATCH and reauthorize of one subscription within 10 minutes: what should never happen (graph-contract 1.1). */
  readonly tooCloseRenewals: { subscriptionId: string; at: Date }[] = []

  constructor(private readonly clock: Clock) {}

  onEvent(listener: Listener): void {
    this.listeners.push(listener)
  }

  all(): StoredSubscription[] {
    this.purge()
    return [...this.byId.values()]
  }

  get(id: string): StoredSubscription | undefined {
    this.purge()
    return this.byId.get(id)
  }

  add(subscription: StoredSubscription): void {
    this.byId.set(subscription.id, subscription)
    this.tell('created', subscription)
  }

  /** Writes the changes and says that the subscription has a fresh token. */
  renew(subscription: StoredSubscription, changes: Partial<StoredSubscription>): void {
    Object.assign(subscription, changes)
    this.tell('authorized', subscription)
  }

  /** False when there is none. */
  remove(id: string): boolean {
    const subscription = this.get(id)
    if (!subscription) return false
    this.byId.delete(id)
    this.tell('gone', subscription)
    return true
  }

  private purge(): void {
    const now = this.clock.now()
    for (const subscription of this.byId.values()) {
      if (subscription.expiresAt > now) continue
      this.byId.delete(subscription.id)
      this.tell('gone', subscription)
    }
  }

  private tell(event: SubscriptionEvent, subscription: StoredSubscription): void {
    for (const listener of this.listeners) listener(event, subscription)
  }
}
