import type { LifecycleEventType } from '@microsoft/microsoft-graph-types'
import type { Clock } from '../../../webhook/clock.ts'
import { SECOND } from '../../../webhook/duration.ts'
import type { SyncStates } from '../delta/sync-states.ts'
import type { Amount } from '../delivery/delivery-faults.ts'
import type { Notifier } from '../delivery/notifier.ts'
import type { AccessGate } from '../http/access/access-gate.ts'
import type { Damage, FaultTarget, RequestFaults } from '../http/request-faults.ts'
import type { Throttle } from '../http/throttle/throttle.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import { MailDesk, type MailDeskParts } from './mail-desk.ts'

/** What the sign-in stand-in does when consent is taken back or given; `user` is an object id. */
export type ConsentHooks = { revoked?: (user: string) => void; granted?: (user: string) => void }

export type FaultDeskParts = MailDeskParts & {
  states: SyncStates
  subscriptions: SubscriptionStore
  notifier: Notifier
  faults: RequestFaults
  gate: AccessGate
  throttle: Throttle
  clock: Clock
  consent: ConsentHooks
}

/**
 * Everything that can happen to mail (see {@link MailDesk}) and to Graph, one call each, for tests and for the desk's
 * page. Mailboxes and people are named by object id or address, folders by id or well-known name.
 */
export class FaultDesk extends MailDesk {
  constructor(protected override readonly parts: FaultDeskParts) {
    super(parts)
  }

  // Notifications

  dropNotifications(amount: Amount): void {
    this.parts.notifier.faults.drop(amount)
  }

  duplicateNotifications(amount: Amount): void {
    this.parts.notifier.faults.duplicate(amount)
  }

  reorderNotifications(amount: Amount): void {
    this.parts.notifier.faults.reorder(amount)
  }

  delayNotifications(ms: number): void {
    this.parts.notifier.faults.delay(ms)
  }

  silence(ms: number): void {
    this.parts.notifier.faults.silence(ms)
  }

  burst(ms: number): void {
    this.parts.notifier.faults.burst(ms)
  }

  /** To one subscription, or to all; returns how many were told. */
  sendLifecycle(event: LifecycleEventType, subscriptionId?: string): number {
    const { subscriptions, notifier } = this.parts
    const told = subscriptions
      .all()
      .filter(({ id }) => subscriptionId === undefined || id === subscriptionId)
    for (const subscription of told) notifier.lifecycle.tell(event, subscription)
    return told.length
  }

  /** Graph deletes one subscription, or all, and says `subscriptionRemoved`; returns how many are gone. */
  removeSubscription(subscriptionId?: string): number {
    const { subscriptions, notifier } = this.parts
    const ids =
      subscriptionId === undefined ? subscriptions.all().map(({ id }) => id) : [subscriptionId]
    return ids.filter((id) => notifier.lifecycle.remove(id)).length
  }

  // Graph's answers

  throttle(mailbox: string, seconds: number): void {
    this.parts.throttle.block(this.mailbox(mailbox).userId, seconds * SECOND)
  }

  slowDown(ms: number): void {
    this.parts.faults.slowMs = ms
  }

  failRequests(
    status: number,
    count = 1,
    target: FaultTarget & { retryAfterSeconds?: number } = {},
  ): void {
    this.parts.faults.fail({ ...target, status, count })
  }

  damageReplies(damage: Damage, count = 1, target: FaultTarget = {}): void {
    this.parts.faults.damage({ ...target, damage, count })
  }

  killDeltaToken(mailbox: string, folder = 'inbox'): void {
    const { userId } = this.mailbox(mailbox)
    const found = this.parts.mailboxes.findFolder(userId, folder)
    this.parts.states.killDeltaTokens(userId, found?.id ?? folder)
  }

  // Sign-in

  /** The tokens this user or app has, the stored ones of subscriptions too, are expired from now on (graph-contract 2.2). */
  expireToken(principal: string): void {
    const id = this.principal(principal)
    this.parts.gate.expireTokens(id)
    for (const subscription of this.subscriptionsOf(id)) {
      subscription.authorizedUntil = this.parts.clock.now()
      this.parts.notifier.lifecycle.tell('reauthorizationRequired', subscription)
    }
  }

  /** Continuous access evaluation (graph-contract 7.3). */
  challengeToken(principal: string): void {
    this.parts.gate.challengeTokens(this.principal(principal))
  }

  /** Calls are refused, delivery pauses, and the subscriptions' owners are asked to authorise again (graph-contract 2.3). */
  revokeConsent(principal: string): void {
    const id = this.principal(principal)
    this.parts.gate.revokeConsent(id)
    this.parts.consent.revoked?.(id)
    this.expireToken(id)
  }

  grantConsent(principal: string): void {
    const id = this.principal(principal)
    this.parts.gate.grantConsent(id)
    this.parts.consent.granted?.(id)
  }

  /** Everything that is on goes off. What already happened stays. */
  clear(): void {
    this.parts.notifier.faults.clear()
    this.parts.faults.clear()
    this.parts.throttle.unblock()
    for (const user of this.parts.gate.active()) this.grantConsent(user)
  }

  /** A user by object id or address; anything else is taken for an app's id. */
  private principal(name: string): string {
    return this.parts.mailboxes.findMailbox(name)?.userId ?? name
  }

  private subscriptionsOf(principal: string) {
    return this.parts.subscriptions
      .all()
      .filter(({ userId, appId }) => (userId ?? appId) === principal)
  }
}
