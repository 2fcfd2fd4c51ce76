import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import { MINUTE } from '../duration.ts'
import { fateOf } from './decide/fate.ts'
import { endSubscription, TRY_AGAIN_MS } from './end.ts'
import { makeSubscription } from './make.ts'
import { NotificationUrls } from './notification-urls.ts'
import { Pace } from './pace.ts'
import { refusedForNow, type SubscriptionParts, type Workshop } from './parts.ts'
import { lose, renewDue, renewSubscription, replaceSubscription } from './renew.ts'
import { SubscriptionSecrets } from './secret.ts'
import { searchStrays } from './strays.ts'

/**
 * `alive`: the folder rings. `refused`: the provider does not want to for now, so it is asked more often. `unwanted`: its
 * people chose to have it asked at fixed times, or no longer watch it.
 */
export type SubscriptionState = 'alive' | 'refused' | 'unwanted'

/** Asked to renew an authorization, we do so no oftener than this. */
const NOT_AGAIN_WITHIN_MS = MINUTE
/** A life that was extended longer ago than this is proven again: less than the shortest time between two comparisons. */
const PROVEN_FOR_MS = 30 * MINUTE

/** Keeps one live subscription on each folder that is watched and wants one. */
export class Subscriptions {
  private readonly workshop: Workshop

  constructor(private readonly parts: SubscriptionParts) {
    this.workshop = {
      ...parts,
      urls: new NotificationUrls(parts.publicUrl),
      secrets: new SubscriptionSecrets(parts.rootKey),
      pace: new Pace(parts.clock),
    }
  }

  /** Subscribes the folder unless it is. Called before a pass asks for changes, so that what arrives in between rings. */
  async ensure(folder: Folder, mailbox: Mailbox, signal: AbortSignal): Promise<SubscriptionState> {
    const { subscriptionStore, folders, clock, onForgotten } = this.parts
    if (mailbox.settings.pollEveryMinutes !== null) {
      await this.end(folder._id, mailbox, signal)
      return 'unwanted'
    }
    const there = await subscriptionStore.ofFolder(folder._id)
    if (there && there.expiresAt > clock.now()) return 'alive'
    if (there) {
      await subscriptionStore.remove(there._id)
      onForgotten(there._id)
    }
    if (!(await makeSubscription(this.workshop, { folder, mailbox }, signal))) return 'refused'
    // Who stopped watching meanwhile found nothing to end.
    if ((await folders.find(folder._id))?.watched) return 'alive'
    await this.end(folder._id, mailbox, signal)
    return 'unwanted'
  }

  /** As `ensure`, and proves that the provider still has it: renewed, unless that was done just now. */
  async check(folder: Folder, mailbox: Mailbox, signal: AbortSignal): Promise<SubscriptionState> {
    const { subscriptionStore, clock, encryption } = this.parts
    const subscription = await subscriptionStore.ofFolder(folder._id)
    const now = clock.now()
    const certificateId = encryption?.certificateId ?? null
    const fate = subscription && fateOf({ subscription, folder, mailbox, certificateId, now })
    if (subscription && fate === 'replace')
      await replaceSubscription(this.workshop, { subscription, mailbox }, signal)
    const isProven =
      subscription && now.getTime() - subscription.renewedAt.getTime() < PROVEN_FOR_MS
    if (subscription && fate === 'renew' && !isProven)
      await renewSubscription(this.workshop, { subscription, mailbox }, signal).catch(refusedForNow)
    return this.ensure(folder, mailbox, signal)
  }

  /** Stops what rings for a folder. */
  async end(folderId: string, mailbox: Mailbox, signal: AbortSignal): Promise<void> {
    const subscription = await this.parts.subscriptionStore.ofFolder(folderId)
    if (subscription) await endSubscription(this.workshop, { subscription, mailbox }, signal)
  }

  /** Renews what is due, each by one instance alone, and clears away what nobody wants. */
  async renewDue(signal: AbortSignal): Promise<void> {
    await renewDue(this.workshop, signal)
  }

  async searchStrays(signal: AbortSignal): Promise<void> {
    await searchStrays(this.workshop, signal)
  }

  /** The provider says these are gone: the folders' next passes subscribe anew and fill the gap. Ring the folders afterwards. */
  async forget(lost: Pick<Subscription, '_id'>[]): Promise<void> {
    if (lost.length > 0) await lose(this.workshop, lost)
  }

  async lost(subscription: Pick<Subscription, '_id' | 'folderId'>): Promise<void> {
    await this.forget([subscription])
    await this.parts.queue.ring([subscription.folderId])
  }

  /** The provider wants the authorization renewed; the renewal task does it at once, and once for many such wishes. */
  async renewSoon(asked: Pick<Subscription, '_id'>[]): Promise<void> {
    if (asked.length === 0) return
    const now = this.parts.clock.now()
    await this.parts.subscriptionStore.hasten(
      asked.map(({ _id }) => _id),
      {
        now,
        unlessSince: new Date(now.getTime() - NOT_AGAIN_WITHIN_MS),
        later: new Date(now.getTime() + TRY_AGAIN_MS), // one that was refused just now waits for its turn
      },
    )
  }

  /** After a reconnect: what the old credential had authorized is authorized anew. */
  async renewSoonOf(mailboxId: string): Promise<void> {
    await this.parts.subscriptionStore.hastenAllOf(mailboxId, this.parts.clock.now())
  }
}
