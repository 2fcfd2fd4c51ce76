import type { Mailbox } from '../../models/mailbox.ts'
import type { Activity, ActivityQuery } from '../../models/wire/health/activity.ts'
import type { MailboxHealth } from '../../models/wire/health/mailbox-health.ts'
import type { SupportBundle } from '../../models/wire/health/support-bundle.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import type { Mailboxes } from '../crm/mailbox-desk.ts'
import type { Person } from '../crm/ports.ts'
import type { Heartbeat } from '../instances/heartbeat.ts'
import type { Vault } from '../keys/vault.ts'
import type { Providers } from '../provider/provider.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { SubscriptionStore } from '../store/subscription-store.ts'
import type { SyncTestStore } from '../test-sync/sync-test-store.ts'
import type { ActivityLog } from './activity/activity-log.ts'
import { lagOf } from './lag.ts'
import { makeBundle } from './make-bundle.ts'
import type { ReasonCounts } from './reason-counts.ts'
import { lastAnnounced, type RecentAccounts } from './recent-accounts.ts'
import type { SettingNames } from './setting-names.ts'

/** Of so many of the latest messages: cheap to read, and enough for a percentile. */
const LATEST = 200

export type SupportDeskParts = {
  mailboxDesk: Pick<Mailboxes, 'overview'>
  folders: FolderStore
  ledger: LedgerStore
  subscriptionStore: SubscriptionStore
  syncTests: SyncTestStore
  recentAccounts: RecentAccounts
  reasonCounts: ReasonCounts
  activityLog: ActivityLog
  heartbeat: Pick<Heartbeat, 'awake'>
  providers: Pick<Providers, 'load'>
  configuration: SettingNames
  vault: Vault
  audit: Audit
  clock: Clock
}

/** How a mailbox is, in figures: for its people, and for whoever helps them. */
export class SupportDesk {
  constructor(private readonly parts: SupportDeskParts) {}

  async health(mailbox: Mailbox): Promise<MailboxHealth> {
    const { recentAccounts, syncTests, clock } = this.parts
    const [accounts, lastTest] = await Promise.all([
      recentAccounts.of(mailbox, LATEST),
      syncTests.last(mailbox._id),
    ])
    return {
      at: clock.now().toISOString(),
      lag: lagOf(accounts),
      lastAnnouncedAt: lastAnnounced(accounts)?.toISOString() ?? null,
      requests: this.parts.providers.load?.(mailbox) ?? null,
      lastTest,
    }
  }

  /** For the mailbox's own people: folders go by their names. */
  activity(mailbox: Mailbox, query: ActivityQuery): Promise<Activity> {
    return this.parts.activityLog.of(mailbox, query)
  }

  /** Without anything that is personal. What somebody takes along is written down first. */
  async bundle(person: Person, mailbox: Mailbox): Promise<SupportBundle> {
    const { audit, mailboxDesk, subscriptionStore, heartbeat, configuration, clock } = this.parts
    const { workspaceId, _id: id } = mailbox
    const object = { kind: 'mailbox', id }
    await audit.write({ workspaceId, who: actorOf(person), action: 'support-bundle-made', object })
    const [{ lag, lastTest }, shown, folders, subscriptions, instances, keys] = await Promise.all([
      this.health(mailbox),
      mailboxDesk.overview(mailbox),
      this.foldersOf(id),
      subscriptionStore.ofMailbox(id),
      heartbeat.awake(),
      this.parts.vault.of(workspaceId),
    ])
    return makeBundle({
      ...{ at: clock.now(), mailbox, shown, folders, subscriptions, instances },
      ...{ configuration, lag, lastTest },
      pseudonym: (personId) => keys.blind('name', `support-bundle ${personId}`),
    })
  }

  private async foldersOf(mailboxId: string) {
    const { folders, ledger, reasonCounts } = this.parts
    const watched = await folders.watchedOf(mailboxId)
    return Promise.all(
      watched.map(async (folder) => ({
        folder,
        byState: await ledger.countsOf(folder._id),
        byReason: await reasonCounts.of(folder._id),
      })),
    )
  }
}
