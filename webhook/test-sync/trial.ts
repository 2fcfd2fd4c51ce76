import type { NamedFolder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Clock } from '../clock.ts'
import type { MailProvider, Providers } from '../provider/provider.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { MailTokens } from '../sign-in/tokens/mail-tokens.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import type { Directions } from '../write-back/write-back.ts'
import type { Found } from './decide/found.ts'
import type { SyncTestStore, TestRun } from './sync-test-store.ts'

/** What the checks ask. */
export type CheckParts = {
  providers: Providers
  mailTokens: Pick<MailTokens, 'accessTokenFor'>
  policies: Directions
  subscriptions: Pick<Subscriptions, 'lost' | 'probe'>
  subscriptionStore: SubscriptionStore
  folders: FolderStore
  ledger: LedgerStore
  emails: EmailStore
  queue: Pick<FolderQueue, 'doubt' | 'soon'>
  syncTests: SyncTestStore
  /** When the provider last announced new mail of this mailbox; null: not of late. */
  lastAnnounced: (mailbox: Mailbox) => Promise<Date | null>
  clock: Clock
}

/** One test under way: of which mailbox, and its watched folders that are there, the one with the least mail first, empty ones last. */
export type Trial = CheckParts & {
  run: TestRun
  mailbox: Mailbox
  provider: MailProvider
  watched: NamedFolder[]
}

/** One step. Throws what it meets; that is then the step's failure. */
export type Check = (trial: Trial, signal: AbortSignal) => Promise<Found>

/** How much mail a folder has, as far as is known without asking. */
export const sizeOf = ({ proof, backfill }: NamedFolder): number =>
  proof?.mailboxCount ?? backfill.total

/** The least mail first; one with none would prove little, so it comes last. */
export const rankOf = (folder: NamedFolder): number => sizeOf(folder) || Number.MAX_SAFE_INTEGER

/** "1 folder", "3 folders". */
export const counted = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
