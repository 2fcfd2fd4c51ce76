import type { Clock } from '../../../webhook/clock.ts'
import type { Random } from '../../random.ts'
import type { Post } from '../delivery/post.ts'
import { GraphFault, resourceNotFound } from '../errors.ts'
import type { Caller } from '../http/route.ts'
import type { GraphKnobs } from '../knobs.ts'
import type { IdType, MailStoreView } from '../store/mail-store.ts'
import { checkRich, encryptionOf } from './certificate.ts'
import { alreadyExists, quotaExceeded, tooLongOnCreate, tooLongOnPatch } from './errors.ts'
import { checkUrl, shakeHands } from './handshake.ts'
import { grantLifetime } from './lifetime.ts'
import { PATCH_REAUTHORIZE_GAP_MS } from './limits.ts'
import { readResource } from './resource-path.ts'
import type { CreateBody, PatchBody } from './subscription-body.ts'
import type { SubscriptionStore } from './subscription-store.ts'
import { madeBy, visibleTo, type StoredSubscription } from './subscription.ts'
import { findTarget } from './target.ts'

export type SubscriptionParts = {
  store: SubscriptionStore
  mailboxes: Pick<MailStoreView, 'findMailbox' | 'findFolder'>
  knobs: GraphKnobs
  post: Post
  clock: Clock
  random: Random
}

/** What can be done with subscriptions, and by whom (graph-contract 1). */
export class SubscriptionService {
  constructor(private readonly parts: SubscriptionParts) {}

  /** Validates both URLs before it returns; nothing is kept when one of them fails (graph-contract 1.6). */
  async create(caller: Caller, body: CreateBody, idType: IdType): Promise<StoredSubscription> {
    const subscription = this.draft(caller, body, idType)
    this.checkRoom(subscription)
    for (const url of [body.notificationUrl, body.lifecycleNotificationUrl]) {
      if (url !== undefined) await this.shakeHands(url)
    }
    this.checkRoom(subscription) // again: another create may have finished during the handshake
    this.parts.store.add(subscription)
    return subscription
  }

  find(caller: Caller, id: string): StoredSubscription {
    const subscription = this.parts.store.get(id)
    if (!subscription || !visibleTo(subscription, caller)) throw resourceNotFound()
    return subscription
  }

  list(caller: Caller): StoredSubscription[] {
    return this.parts.store.all().filter((subscription) => visibleTo(subscription, caller))
  }

  async patch(caller: Caller, id: string, body: PatchBody): Promise<StoredSubscription> {
    const subscription = this.own(caller, id)
    const now = this.parts.clock.now()
    this.checkGap(subscription, subscription.reauthorizedAt, now)
    const { notificationUrl } = body
    if (notificationUrl !== undefined) {
      this.checkUrl('notificationUrl', notificationUrl)
      if (this.parts.knobs.subscriptions.validateOnPatch) await this.shakeHands(notificationUrl)
    }
    const encryption = encryptionOf(body)
    const expiresAt =
      body.expirationDateTime && this.patchedExpiry(subscription, body.expirationDateTime, now)
    this.parts.store.renew(subscription, {
      ...(expiresAt ? { expiresAt } : {}),
      ...(notificationUrl === undefined ? {} : { notificationUrl }),
      ...(encryption ? { encryption } : {}),
      authorizedUntil: this.authorizedUntil(caller, now),
      patchedAt: now,
    })
    return subscription
  }

  reauthorize(caller: Caller, id: string): void {
    const subscription = this.own(caller, id)
    const now = this.parts.clock.now()
    this.checkGap(subscription, subscription.patchedAt, now)
    this.parts.store.renew(subscription, {
      authorizedUntil: this.authorizedUntil(caller, now),
      reauthorizedAt: now,
    })
  }

  remove(caller: Caller, id: string): void {
    this.parts.store.remove(this.own(caller, id).id)
  }

  private draft(caller: Caller, body: CreateBody, idType: IdType): StoredSubscription {
    const { random, clock, mailboxes, knobs } = this.parts
    const now = clock.now()
    this.checkUrl('notificationUrl', body.notificationUrl)
    if (body.lifecycleNotificationUrl)
      this.checkUrl('lifecycleNotificationUrl', body.lifecycleNotificationUrl)
    const target = findTarget(readResource(body.resource), caller, mailboxes, knobs.http)
    const encryption = body.includeResourceData ? encryptionOf(body) : undefined
    if (body.includeResourceData) checkRich(encryption, target.select)
    const lifetime = grantLifetime(
      body.expirationDateTime,
      now,
      encryption !== undefined,
      knobs.subscriptions,
    )
    if (lifetime.kind === 'too-long') throw tooLongOnCreate(lifetime.maxMinutes)
    return {
      id: random.guid(),
      appId: caller.appId,
      tenantId: caller.tenantId,
      ...(caller.userId === undefined ? {} : { userId: caller.userId }),
      changeType: body.changeType.join(','),
      changeTypes: body.changeType,
      resource: body.resource,
      target,
      notificationUrl: body.notificationUrl,
      ...(body.lifecycleNotificationUrl
        ? { lifecycleNotificationUrl: body.lifecycleNotificationUrl }
        : {}),
      ...(body.notificationUrlAppId ? { notificationUrlAppId: body.notificationUrlAppId } : {}),
      ...(body.clientState === undefined ? {} : { clientState: body.clientState }),
      tlsVersion: body.latestSupportedTlsVersion ?? 'v1_2',
      expiresAt: lifetime.expiresAt,
      authorizedUntil: this.authorizedUntil(caller, now),
      idType,
      ...(encryption ? { encryption } : {}),
    }
  }

  private checkRoom(draft: StoredSubscription): void {
    const { store, knobs } = this.parts
    if (store.hasTwinOf(draft)) throw alreadyExists()
    const { maxPerMailbox } = knobs.subscriptions
    if (store.countOn(draft.target.mailbox) >= maxPerMailbox) throw quotaExceeded(maxPerMailbox)
  }

  private own(caller: Caller, id: string): StoredSubscription {
    const subscription = this.parts.store.get(id)
    if (!subscription || !madeBy(subscription, caller)) throw resourceNotFound()
    return subscription
  }

  private patchedExpiry(subscription: StoredSubscription, wanted: Date, now: Date): Date {
    const isRich = subscription.encryption !== undefined
    const lifetime = grantLifetime(wanted, now, isRich, this.parts.knobs.subscriptions)
    if (lifetime.kind === 'too-long') throw tooLongOnPatch(lifetime.maxMinutes)
    return lifetime.expiresAt
  }

  /** PATCH and reauthorize close together: noted, or refused when the knob says so (graph-contract 1.1). */
  private checkGap(subscription: StoredSubscription, otherAt: Date | undefined, now: Date): void {
    if (!otherAt || now.getTime() - otherAt.getTime() >= PATCH_REAUTHORIZE_GAP_MS) return
    this.parts.store.tooCloseRenewals.push({ subscriptionId: subscription.id, at: now })
    if (this.parts.knobs.subscriptions.patchAndReauthorize === 'refuse') {
      throw new GraphFault(400, 'InvalidRequest', 'PATCH and reauthorize must be 10 minutes apart.')
    }
  }

  private authorizedUntil(caller: Caller, now: Date): Date {
    const { storedToken } = this.parts.knobs.delivery
    if (storedToken === 'never') return FOREVER
    if (storedToken === 'token') return caller.tokenExpiresAt ?? FOREVER
    return new Date(now.getTime() + storedToken)
  }

  private checkUrl(name: string, url: string): void {
    checkUrl(name, url, this.parts.knobs.subscriptions.allowLoopbackHttp)
  }

  private shakeHands(url: string): Promise<void> {
    const { post, clock, random, knobs } = this.parts
    return shakeHands({ post, clock, random, knobs: knobs.subscriptions }, url)
  }
}

const FOREVER = new Date('9999-12-31T23:59:59Z')
