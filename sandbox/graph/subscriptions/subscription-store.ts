import type { Clock } from '../../../webhook/clock.ts'
import { twinKeyOf, type StoredSubscription } from './subscription.ts'

export type SubscriptionEvent = 'created' | 'authorized' | 'gone'
type Listener = (event: SubscriptionEvent, subscription: StoredSubscription) => void

/** The subscriptions there are now; an expired one is gone the moment anybody looks (graph-contract 10 "Subscriptions"). */
export class SubscriptionStore {
  private readonly byId = new Map<string, StoredSubscription>()
  /** What may be there once, and how many a mailbox has: at hand, as there may be thirty thousand. */
  private readonly twinKeys = new Set<string>()
  private readonly perMailbox = new Map<string, number>()
  private readonly listeners: Listener[] = []
  /** PATCH and reauthorize of one subscription within 10 minutes: what should never happen (graph-contract 1.1). */
  readonly tooCloseRenewals: { subscriptionId: string; at: Date }[] = []
  /** None expires before; so that among very many not all are looked at whenever one is. */
  private noneBefore = Infinity

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

  /** Whether there is one for the same. */
  hasTwinOf(subscription: StoredSubscription): boolean {
    this.purge()
    return this.twinKeys.has(twinKeyOf(subscription))
  }

  countOn(mailbox: string): number {
    this.purge()
    return this.perMailbox.get(mailbox) ?? 0
  }

  add(subscription: StoredSubscription): void {
    const { mailbox } = subscription.target
    this.byId.set(subscription.id, subscription)
    this.twinKeys.add(twinKeyOf(subscription))
    this.perMailbox.set(mailbox, (this.perMailbox.get(mailbox) ?? 0) + 1)
    this.noneBefore = Math.min(this.noneBefore, subscription.expiresAt.getTime())
    this.tell('created', subscription)
  }

  /** Writes the changes and says that the subscription has a fresh token. */
  renew(subscription: StoredSubscription, changes: Partial<StoredSubscription>): void {
    Object.assign(subscription, changes)
    this.noneBefore = Math.min(this.noneBefore, subscription.expiresAt.getTime())
    this.tell('authorized', subscription)
  }

  /** False when there is none. */
  remove(id: string): boolean {
    const subscription = this.get(id)
    if (!subscription) return false
    this.drop(subscription)
    this.tell('gone', subscription)
    return true
  }

  private drop(subscription: StoredSubscription): void {
    const { mailbox } = subscription.target
    this.byId.delete(subscription.id)
    this.twinKeys.delete(twinKeyOf(subscription))
    this.perMailbox.set(mailbox, (this.perMailbox.get(mailbox) ?? 0) - 1)
  }

  private purge(): void {
    const now = this.clock.now().getTime()
    if (now < this.noneBefore) return
    const gone = [...this.byId.values()].filter(({ expiresAt }) => expiresAt.getTime() <= now)
    for (const each of gone) this.drop(each)
    this.noneBefore = Math.min(
      ...[...this.byId.values()].map(({ expiresAt }) => expiresAt.getTime()),
    )
    for (const subscription of gone) this.tell('gone', subscription)
  }

  private tell(event: SubscriptionEvent, subscription: StoredSubscription): void {
    for (const listener of this.listeners) listener(event, subscription)
  }
}
