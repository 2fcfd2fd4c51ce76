import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import { MINUTE } from '../duration.ts'
import { fateOf } from './decide/fate.ts'
import { endSubscription, TRY_AGAIN_MS } from './end.ts'
import { makeSubscription } from './make.ts'
import { NotificationUrls } from './notification-urls.ts'
import { Pace } from './turns/pace.ts'
import { refusedForNow, type Place, type SubscriptionParts, type Workshop } from './parts.ts'
import { probe } from './probe.ts'
import { Refusals } from './refusals.ts'
import { lose, renewDue, renewSubscription, replaceSubscription } from './renew.ts'
import { SubscriptionSecrets } from './secret.ts'
import { searchStrays } from './strays.ts'
import { WaitingList } from './turns/waiting-list.ts'

/**
 * `alive`: the folder rings. `queued`: it is to come again when it is its turn (`turnOf`). `refused`: the provider does not
 * want to for now, so it is asked more often. `unwanted`: its people chose to have it asked at fixed times, or no longer
 * watch it.
 */
export type SubscriptionState = 'alive' | 'queued' | 'refused' | 'unwanted'

/** Asked to renew an authorization, we do so no oftener than this. */
const NOT_AGAIN_WITHIN_MS = MINUTE
/** A life that was extended longer ago than this is proven again: less than the shortest time between two comparisons. */
const PROVEN_FOR_MS = 30 * MINUTE

/** Keeps one live subscription on each folder that is watched and wants one. */
export class Subscriptions {
  private readonly workshop: Workshop
  private readonly refusals: Refusals
  private readonly waiting: WaitingList

  constructor(private readonly parts: SubscriptionParts) {
    const pace = new Pace(parts)
    this.refusals = new Refusals(parts.clock)
    this.waiting = new WaitingList({ clock: parts.clock, pace })
    this.workshop = {
      ...parts,
      urls: new NotificationUrls(parts.publicUrl),
      secrets: new SubscriptionSecrets(parts.rootKey),
      pace,
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
    if (there && there.expiresAt > clock.now())
      return there.challengedAt ? this.wake(there, { folder, mailbox }, signal) : 'alive'
    if (there) {
      await subscriptionStore.remove(there._id)
      onForgotten(there._id)
    }
    const made = await this.make({ folder, mailbox }, signal)
    if (made !== 'alive') return made
    // Who stopped watching meanwhile found nothing to end.
    if ((await folders.find(folder._id))?.watched) return 'alive'
    await this.end(folder._id, mailbox, signal)
    return 'unwanted'
  }

  private async make(place: Place, signal: AbortSignal): Promise<'alive' | 'queued' | 'refused'> {
    const { _id } = place.folder
    if (!this.refusals.mayAsk(_id)) return 'refused'
    if (this.waiting.join(place.folder)) return 'queued'
    const isMade = await makeSubscription(this.workshop, place, signal)
    if (isMade) this.refusals.forget(_id)
    else this.refusals.add(_id)
    return isMade ? 'alive' : 'refused'
  }

  /** When a folder that is `queued` is to come again. */
  turnOf(folder: Folder): Date | null {
    return this.waiting.turnOf(folder)
  }

  /**
   * Renews one that may not ring, before its folder is asked what changed: so what it kept to itself is found. Until that
   * is done the folder is asked more often.
   */
  private async wake(
    subscription: Subscription,
    { folder, mailbox }: Place,
    signal: AbortSignal,
  ): Promise<SubscriptionState> {
    const { subscriptionStore, clock } = this.parts
    const now = clock.now()
    const renewAt = new Date(now.getTime() + TRY_AGAIN_MS)
    const isTriedSoon = now < subscription.renewAt && subscription.renewAt <= renewAt
    if (isTriedSoon || !(await subscriptionStore.postpone(subscription, renewAt))) return 'refused'
    const isThere = await renewSubscription(this.workshop, { subscription, mailbox }, signal).catch(
      refusedForNow,
    )
    if (isThere === null) return 'refused'
    return isThere ? 'alive' : this.ensure(folder, mailbox, signal)
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

  /**
   * Ends all that rings for a mailbox; true when nothing is left. `atAnyRate`: what the provider does not end now is
   * forgotten, and ends by itself at the end of its life.
   */
  async endAllOf(
    mailbox: Mailbox,
    { atAnyRate }: { atAnyRate: boolean },
    signal: AbortSignal,
  ): Promise<boolean> {
    const { subscriptionStore, onForgotten } = this.parts
    let isSilent = true
    for (const subscription of await subscriptionStore.ofMailbox(mailbox._id)) {
      const isEnded = await endSubscription(this.workshop, { subscription, mailbox }, signal)
      if (isEnded) continue
      if (atAnyRate) {
        await subscriptionStore.remove(subscription._id)
        onForgotten(subscription._id)
      } else isSilent = false
    }
    return isSilent
  }

  /** Renews what is due, each by one instance alone, and clears away what nobody wants. */
  async renewDue(signal: AbortSignal): Promise<void> {
    await renewDue(this.workshop, signal)
  }

  async searchStrays(signal: AbortSignal): Promise<void> {
    await searchStrays(this.workshop, signal)
  }

  /**
   * Whether the provider reaches us: it is asked for a subscription on a folder that has none, which ends at once. Throws
   * its refusal.
   */
  async probe(mailbox: Mailbox, providerFolderId: string, signal: AbortSignal): Promise<void> {
    await probe(this.workshop, { mailbox, providerFolderId }, signal)
  }

  /** The provider says these are gone: the folders' next passes subscribe anew and fill the gap. Ring the folders afterwards. */
  async forget(lost: Pick<Subscription, '_id'>[]): Promise<void> {
    if (lost.length > 0) await lose(this.workshop, lost)
  }

  async lost(subscription: Pick<Subscription, '_id' | 'folderId'>): Promise<void> {
    await this.forget([subscription])
    await this.parts.queue.ring([subscription.folderId])
  }

  /**
   * The provider wants the authorization renewed, and may soon say nothing without. Done once for many such wishes, by the
   * renewal task, or before that by the folders' next passes. Answers with those that were authorized just now: a
   * provider that asks again so soon does not take what we gave it, so ring their folders.
   */
  async renewSoon<T extends Pick<Subscription, '_id' | 'renewedAt'>>(asked: T[]): Promise<T[]> {
    if (asked.length === 0) return []
    const now = this.parts.clock.now()
    const inMs = (ms: number) => new Date(now.getTime() + ms)
    await this.parts.subscriptionStore.mistrust(
      asked.map(({ _id }) => _id),
      {
        ...{ now, soon: inMs(NOT_AGAIN_WITHIN_MS) },
        ...{ unlessSince: inMs(-NOT_AGAIN_WITHIN_MS), later: inMs(TRY_AGAIN_MS) },
      },
    )
    return asked.filter(({ renewedAt }) => renewedAt > inMs(-NOT_AGAIN_WITHIN_MS))
  }

  /** After a reconnect: what the old credential had authorized is authorized anew. */
  async renewSoonOf(mailboxId: string): Promise<void> {
    this.refusals.forgetAll()
    await this.parts.subscriptionStore.mistrustAllOf(mailboxId, this.parts.clock.now())
  }
}
