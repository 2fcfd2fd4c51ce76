import { createHash, randomBytes } from 'node:crypto'
import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import type { Providers, ProviderSubscription } from '../provider/provider.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'

export type SubscriptionParts = {
  providers: Providers
  subscriptionStore: SubscriptionStore
  mailboxes: MailboxStore
  queue: FolderQueue
  clock: Clock
  publicUrl: string
  lifeMs: number
}

const RENEW_AT = 2 / 3
const TRY_AGAIN_MS = 5 * MINUTE
const RENEWALS_AT_ONCE = 20

export const hashOfClientState = (clientState: string): string =>
  createHash('sha256').update(clientState).digest('base64url')

/** Keeps one live subscription on each watched folder. */
export class Subscriptions {
  constructor(private readonly parts: SubscriptionParts) {}

  /**
   * Subscribes the folder unless it is. Called before a pass asks for changes, so that what arrives in between rings.
   * False when the provider refuses for now: the folder is then polled more often.
   */
  async ensure(folder: Folder, mailbox: Mailbox, signal: AbortSignal): Promise<boolean> {
    const { subscriptionStore, providers, publicUrl, clock, lifeMs } = this.parts
    const there = await subscriptionStore.ofFolder(folder._id)
    if (there && there.expiresAt > clock.now()) return true
    if (there) await subscriptionStore.remove(there._id)
    const clientState = randomBytes(32).toString('base64url')
    const provider = providers.forMailbox(mailbox)
    const request = {
      providerFolderId: folder.providerFolderId,
      notificationUrl: `${publicUrl}/webhooks/graph/notifications`,
      lifecycleUrl: `${publicUrl}/webhooks/graph/lifecycle`,
      clientState,
      lifeMs,
    }
    const granted = await provider.subscribe(request, signal).catch(refusedForNow)
    if (!granted) return false
    const created = await subscriptionStore.create({
      _id: granted.subscriptionId,
      workspaceId: mailbox.workspaceId,
      mailboxId: mailbox._id,
      folderId: folder._id,
      providerUserId: mailbox.providerUserId,
      clientStateHash: hashOfClientState(clientState),
      ...this.times(granted),
    })
    // Another worker was first: ours would ring twice for everything.
    if (!created) await provider.unsubscribe(granted.subscriptionId, signal).catch(refusedForNow)
    return true
  }

  /** Renews what is due, each by one instance alone. */
  async renewDue(signal: AbortSignal): Promise<void> {
    const { subscriptionStore, clock } = this.parts
    for (const subscription of await subscriptionStore.dueForRenewal(
      clock.now(),
      RENEWALS_AT_ONCE,
    )) {
      const tryAgainAt = new Date(clock.now().getTime() + TRY_AGAIN_MS)
      if (await subscriptionStore.postpone(subscription, tryAgainAt))
        await this.renew(subscription, signal)
    }
  }

  /** The provider says it is gone: forgotten, and the folder's next pass subscribes anew and fills the gap. */
  async lost({ _id, folderId }: Pick<Subscription, '_id' | 'folderId'>): Promise<void> {
    await this.parts.subscriptionStore.remove(_id)
    await this.parts.queue.ring([folderId])
  }

  /** The provider wants the authorization renewed; the renewal task does it at once. */
  async renewSoon({ _id, expiresAt }: Subscription): Promise<void> {
    await this.parts.subscriptionStore.renewed(_id, { expiresAt, renewAt: this.parts.clock.now() })
  }

  /** After a reconnect: what the old credential had authorized is authorized anew. */
  async renewSoonOf(mailboxId: string): Promise<void> {
    for (const subscription of await this.parts.subscriptionStore.ofMailbox(mailboxId))
      await this.renewSoon(subscription)
  }

  /** Stops what rings for a folder that is no longer watched. */
  async end(folderId: string, mailbox: Mailbox, signal: AbortSignal): Promise<void> {
    const there = await this.parts.subscriptionStore.ofFolder(folderId)
    if (!there) return
    const provider = this.parts.providers.forMailbox(mailbox)
    await provider.unsubscribe(there._id, signal).catch(refusedForNow)
    await this.parts.subscriptionStore.remove(there._id)
  }

  private async renew(subscription: Subscription, signal: AbortSignal): Promise<void> {
    const { mailboxes, providers, subscriptionStore, lifeMs } = this.parts
    const mailbox = await mailboxes.find(subscription.mailboxId)
    if (mailbox?.status !== 'connected') return
    const provider = providers.forMailbox(mailbox)
    try {
      const renewed = await provider.renew(subscription._id, lifeMs, signal)
      await subscriptionStore.renewed(subscription._id, this.times(renewed))
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (error.code === 'item-not-found') await this.lost(subscription)
      else if (error.retry === 'after-reconnect')
        await mailboxes.needsReconnect(mailbox._id, error.code)
      // Anything else: postponed already, and tried again then.
    }
  }

  /** Renewed at two thirds of the life that was granted, never of the one we asked for. */
  private times({ expiresAt }: ProviderSubscription): { expiresAt: Date; renewAt: Date } {
    const now = this.parts.clock.now().getTime()
    return { expiresAt, renewAt: new Date(now + (expiresAt.getTime() - now) * RENEW_AT) }
  }
}

/** Credential trouble stops the pass; any other refusal leaves the folder to polling. */
function refusedForNow(error: unknown): null {
  if (error instanceof ProviderError && error.retry !== 'after-reconnect') return null
  throw error
}
