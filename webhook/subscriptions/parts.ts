import type { Clock } from '../clock.ts'
import type { CrashHook } from '../crash-points.ts'
import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import { ProviderError } from '../errors.ts'
import type { Providers } from '../provider/provider.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { StraySearchStore } from '../store/stray-search-store.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'
import type { NotificationUrls } from './notification-urls.ts'
import type { Pace } from './turns/pace.ts'
import type { SubscriptionSecrets } from './secret.ts'

export type SubscriptionParts = {
  providers: Providers
  subscriptionStore: SubscriptionStore
  straySearches: StraySearchStore
  mailboxes: MailboxStore
  folders: FolderStore
  queue: FolderQueue
  clock: Clock
  random: () => number
  /** Instances that write about the same tenants, this one too. */
  sharers: () => number
  crash: CrashHook
  /** The secrets of subscriptions are derived from it. */
  rootKey: Buffer
  publicUrl: string
  /** Life asked for; what is granted is obeyed. */
  lifeMs: number
  /** Headers of new mail come along, encrypted for this certificate: its DER in base64, and our name for it. */
  encryption: { certificate: string; certificateId: string } | null
  /** Told when a record is no longer good. */
  onForgotten: (subscriptionId: string) => void
}

/** The parts with what is made of them once. */
export type Workshop = SubscriptionParts & {
  urls: NotificationUrls
  secrets: SubscriptionSecrets
  pace: Pace
}

/** A folder and whose it is. */
export type Place = { folder: Folder; mailbox: Mailbox }

/** Credential trouble is the pass's to settle; any other refusal passes by. */
export function refusedForNow(error: unknown): null {
  if (error instanceof ProviderError && error.retry !== 'after-reconnect') return null
  throw error
}

export const isGone = (error: unknown): boolean =>
  error instanceof ProviderError && error.code === 'item-not-found'
