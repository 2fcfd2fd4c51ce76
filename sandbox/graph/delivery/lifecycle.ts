import type { LifecycleEventType } from '@microsoft/microsoft-graph-types'
import type { Clock } from '../../../webhook/clock.ts'
import type { DeliveryKnobs } from '../knobs.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import type { StoredSubscription } from '../subscriptions/subscription.ts'
import type { Agenda } from './agenda.ts'
import { challengeInMs } from './decide/challenge-cadence.ts'
import { lifecycleNotification } from './content/notification.ts'
import type { Parcel } from './parcel.ts'

export type LifecycleParts = {
  store: SubscriptionStore
  /** Not the outbox's: a challenge an hour away is no delivery that waits. */
  agenda: Agenda
  clock: Clock
  knobs: DeliveryKnobs
  send: (parcel: Parcel) => void
}

/** Tells the `lifecycleNotificationUrl` of each subscription what it must know; who gave none is told nothing (graph-contract 2.3). */
export class Lifecycle {
  private readonly missedUnderWay = new Set<string>()
  /** Raised by each renewal, so that a challenge planned before it stays unsent. */
  private readonly generations = new Map<string, number>()

  constructor(private readonly parts: LifecycleParts) {
    parts.store.onEvent((event, subscription) => {
      this.generations.set(subscription.id, this.generationOf(subscription) + 1)
      if (event === 'gone') this.generations.delete(subscription.id)
      else this.planChallenge(subscription)
    })
  }

  tell(event: LifecycleEventType, subscription: StoredSubscription): void {
    if (subscription.lifecycleNotificationUrl === undefined) return
    this.parts.send({
      kind: 'lifecycle',
      subscription,
      item: lifecycleNotification(event, subscription),
    })
  }

  /** Some notifications were lost. One on its way says it for all that are lost before it arrives. */
  missed(subscription: StoredSubscription): void {
    if (this.missedUnderWay.has(subscription.id)) return
    this.missedUnderWay.add(subscription.id)
    this.tell('missed', subscription)
  }

  /** Called when a `missed` leaves: what is lost from now on needs another. */
  missedHasLeft(subscription: StoredSubscription): void {
    this.missedUnderWay.delete(subscription.id)
  }

  /** Graph deletes the subscription and says so; after that it is silent. False when there is none. */
  remove(id: string): boolean {
    const subscription = this.parts.store.get(id)
    if (!subscription) return false
    this.parts.store.remove(id)
    if (subscription.lifecycleNotificationUrl === undefined) return true
    const item = lifecycleNotification('subscriptionRemoved', subscription)
    this.parts.send({ kind: 'lifecycle', subscription, item, farewell: true })
    return true
  }

  /** Challenges repeat until the subscription is renewed, or gone. */
  private planChallenge(subscription: StoredSubscription): void {
    const { agenda, clock, knobs, store } = this.parts
    const generation = this.generationOf(subscription)
    const until = Math.min(subscription.authorizedUntil.getTime(), subscription.expiresAt.getTime())
    const waitMs =
      challengeInMs((until - clock.now().getTime()) * knobs.timeScale) / knobs.timeScale
    agenda.after(waitMs, () => {
      const isCurrent = store.get(subscription.id) && this.generationOf(subscription) === generation
      if (!isCurrent) return
      this.tell('reauthorizationRequired', subscription)
      this.planChallenge(subscription)
    })
  }

  private generationOf({ id }: StoredSubscription): number {
    return this.generations.get(id) ?? 0
  }
}
