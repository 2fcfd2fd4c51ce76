import type { Subscription } from '../../models/subscription.ts'
import type { Clock } from '../clock.ts'
import { SECOND } from '../duration.ts'
import { StoreUnavailableError } from '../errors.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'
import type { Subscriptions } from '../sync/subscriptions.ts'
import { isGenuine } from './genuine.ts'
import type { Notification } from './schema.ts'

export type ReceiverParts = {
  subscriptionStore: SubscriptionStore
  subscriptions: Subscriptions
  queue: FolderQueue
  clock: Clock
  /** Ids only; a forged item's content never reaches the log. */
  onRefused: (refused: { subscriptionId: string; reason: 'unknown' | 'forged' }) => void
}

type Genuine = { item: Notification; subscription: Subscription }

/** Graph counts an answer after 3 s as none, and comes again after a 503 (reliability A5). */
const STORE_ANSWERS_WITHIN_MS = 2 * SECOND

/**
 * Writes down which folders rang, and nothing else: a notification is a bell, not the truth. Whatever it says about
 * messages is not looked at; the delta pass asks Graph itself. Throws when the store is down or does not answer in time,
 * so that Graph comes again.
 */
export async function receive(parts: ReceiverParts, items: Notification[]): Promise<void> {
  const answered = new AbortController()
  const tooLate = async () => {
    await parts.clock.sleep(STORE_ANSWERS_WITHIN_MS, answered.signal)
    if (!answered.signal.aborted)
      throw new StoreUnavailableError('The database does not answer in time.')
  }
  await Promise.race([writeDown(parts, items), tooLate()]).finally(() => answered.abort())
}

async function writeDown(parts: ReceiverParts, items: Notification[]): Promise<void> {
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
