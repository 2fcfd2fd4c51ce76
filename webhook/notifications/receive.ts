import type { Subscription } from '../../models/subscription.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'
import type { Subscriptions } from '../sync/subscriptions.ts'
import { isGenuine } from './genuine.ts'
import type { Notification } from './schema.ts'

export type ReceiverParts = {
  subscriptionStore: SubscriptionStore
  subscriptions: Subscriptions
  queue: FolderQueue
  /** Ids only; a forged item's content never reaches the log. */
  onRefused: (refused: { subscriptionId: string; reason: 'unknown' | 'forged' }) => void
}

type Genuine = { item: Notification; subscription: Subscription }

/**
 * Writes down which folders rang, and nothing else: a notification is a bell, not the truth. Whatever it says about
 * messages is not looked at; the delta pass asks Graph itself. Throws when the store is down, so that Graph comes again.
 */
export async function receive(parts: ReceiverParts, items: Notification[]): Promise<void> {
  const genuine = await provenItems(parts, items)
  const folders = new Set<string>()
  for (const { item, subscription } of genuine) {
    if (item.lifecycleEvent === 'subscriptionRemoved') await parts.subscriptions.lost(subscription)
    else if (item.lifecycleEvent === 'reauthorizationRequired')
      await parts.subscriptions.renewSoon(subscription)
    else folders.add(subscription.folderId) // a change, or `missed`: ask what changed
  }
  await parts.queue.ring(folders)
}

async function provenItems(parts: ReceiverParts, items: Notification[]): Promise<Genuine[]> {
  const ids = [...new Set(items.map(({ subscriptionId }) => subscriptionId))]
  const known = new Map(
    (await parts.subscriptionStore.findMany(ids)).map((record) => [record._id, record]),
  )
  const genuine: Genuine[] = []
  for (const item of items) {
    const subscription = known.get(item.subscriptionId)
    if (subscription && isGenuine(item, subscription)) genuine.push({ item, subscription })
    else
      parts.onRefused({
        subscriptionId: item.subscriptionId,
        reason: subscription ? 'forged' : 'unknown',
      })
  }
  return genuine
}
