import type { Subscription } from '../../models/subscription.ts'
import type { Clock } from '../clock.ts'
import type { CrashHook } from '../crash-points.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { Alarms, type Alarm } from './alarms.ts'
import { Gatherer } from './gatherer.ts'
import { isGenuine } from './genuine.ts'
import type { Proven } from './proven.ts'
import type { KnownSubscriptions } from './known-subscriptions.ts'
import type { RichNotifications } from './rich/rich-notifications.ts'
import type { Trust } from './rich/trust.ts'
import type { Batch, Notification } from './schema.ts'

export type ReceiverParts = {
  known: KnownSubscriptions
  subscriptions: Pick<Subscriptions, 'forget' | 'renewSoon'>
  queue: Pick<FolderQueue, 'ring'>
  clock: Clock
  crash: CrashHook
  /** Null: notifications bring no headers. */
  rich: RichNotifications | null
  /** Ids only; a forged item's content never reaches the log. */
  onAlarm: (alarm: Alarm) => void
  /** Told of every notification, for the count. */
  onJudged?: (judged: { outcome: Flaw | 'accepted' }) => void
}

type Flaw = 'unknown' | 'forged' | 'expired' | 'bad-token'

type Trusted = Batch & { trust: Trust }

/**
 * Writes down which folders rang: a notification is a bell, not the truth. What it says about messages is not looked at,
 * but for headers that Graph itself has signed for; the delta pass asks Graph.
 */
export class Receiver {
  private readonly gatherer: Gatherer<Trusted>
  private readonly alarms: Alarms

  constructor(private readonly parts: ReceiverParts) {
    this.gatherer = new Gatherer({ clock: parts.clock, write: (batches) => this.write(batches) })
    this.alarms = new Alarms(parts)
  }

  /** More is turned away unread for the moment. */
  get isCrowded(): boolean {
    return this.gatherer.isCrowded
  }

  /** Resolves when everything genuine in it is durable. Throws when the store is down or slow, so that Graph comes again. */
  async take(batch: Batch): Promise<void> {
    const trust = (await this.parts.rich?.trustIn(batch)) ?? 'bare'
    if (trust === 'forged') return this.refuse(null, 'bad-token')
    await this.gatherer.add({ ...batch, trust }, batch.notifications.length)
  }

  private async write(batches: Trusted[]): Promise<void> {
    const { subscriptions, queue, crash, rich } = this.parts
    const genuine = await this.prove(batches)
    const proven = rich ? await rich.settle(genuine) : genuine
    const of = (event: Notification['lifecycleEvent']) =>
      proven
        .filter(({ notification }) => notification.lifecycleEvent === event)
        .map(({ subscription }) => subscription)
    const lost = of('subscriptionRemoved')
    crash('bell-proven')
    await subscriptions.forget(lost)
    const doubtful = await subscriptions.renewSoon(of('reauthorizationRequired'))
    const rung = [...of(undefined), ...of('missed'), ...lost, ...doubtful] // ask what changed
    for (const { _id } of rung) this.alarms.rang(_id)
    await queue.ring(rung.map(({ folderId }) => folderId))
    crash('bell-written')
  }

  private async prove(batches: Trusted[]): Promise<Proven[]> {
    const unreadable = batches.flatMap((batch) => batch.unreadable)
    const ids = batches.flatMap(({ notifications }) =>
      notifications.map(({ subscriptionId }) => subscriptionId),
    )
    const known = await this.parts.known.findMany([...ids, ...unreadable])
    const now = this.parts.clock.now()
    for (const id of unreadable) this.refuse(id, known.has(id) ? 'forged' : 'unknown')
    return batches.flatMap(({ notifications, trust }) =>
      notifications.flatMap((notification) => {
        const subscription = known.get(notification.subscriptionId)
        const flaw = flawOf(notification, subscription, now)
        if (flaw) this.refuse(notification.subscriptionId, flaw)
        else this.parts.onJudged?.({ outcome: 'accepted' })
        return subscription && !flaw ? [{ notification, subscription, trust }] : []
      }),
    )
  }

  private refuse(subscriptionId: string | null, outcome: Flaw): void {
    this.alarms.refused(subscriptionId, outcome)
    this.parts.onJudged?.({ outcome })
  }
}

/** Of a subscription that is over, only what the provider says about the subscription itself still counts. */
function flawOf(
  notification: Notification,
  subscription: Subscription | undefined,
  now: Date,
): Flaw | null {
  if (!subscription) return 'unknown'
  if (!isGenuine(notification, subscription)) return 'forged'
  return subscription.expiresAt <= now && !notification.lifecycleEvent ? 'expired' : null
}
