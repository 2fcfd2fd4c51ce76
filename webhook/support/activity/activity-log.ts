import type { Connection } from 'mongoose'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import type {
  Activity,
  ActivityEntry,
  ActivityQuery,
} from '../../../models/wire/health/activity.ts'
import type { AuditReader } from '../../audit/audit-desk.ts'
import type { Clock } from '../../clock.ts'
import { adviceOn } from '../../sign-in/decide/trouble.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { SubscriptionStore } from '../../store/subscription-store.ts'
import type { SyncTestStore } from '../../test-sync/sync-test-store.ts'
import { byPeople } from './by-people.ts'
import { ofFolder, type Unstored } from './of-folders.ts'

/** Enough to look through; a narrower question shows more. */
const MOST_ENTRIES = 100
const MOST_BY_PEOPLE = 100
/** Of one folder; they lie in no order of time. */
const MOST_UNSTORED = 20

export type ActivityParts = {
  db: Connection
  auditDesk: Pick<AuditReader, 'page'>
  folders: FolderStore
  subscriptionStore: SubscriptionStore
  syncTests: Pick<SyncTestStore, 'last'>
  clock: Clock
}

/** What was done with a mailbox and what went wrong, out of what is durable: nothing is written for it. */
export class ActivityLog {
  private readonly entries

  constructor(private readonly parts: ActivityParts) {
    this.entries = ledgerEntryModel(parts.db)
  }

  async of(mailbox: Mailbox, { kind, since }: ActivityQuery): Promise<Activity> {
    const from = since === undefined ? 0 : Date.parse(since)
    const all = [
      ...(await this.byPeople(mailbox, since)),
      ...(await this.ofFolders(mailbox)),
      ...(await this.ofTheWhole(mailbox)),
    ]
    const wanted = all
      .filter(
        (entry) => (kind === undefined || entry.kind === kind) && Date.parse(entry.at) >= from,
      )
      .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
    return { entries: wanted.slice(0, MOST_ENTRIES), isCut: wanted.length > MOST_ENTRIES }
  }

  private async byPeople(mailbox: Mailbox, since: string | undefined): Promise<ActivityEntry[]> {
    const filter = { objectKind: 'mailbox', objectId: mailbox._id, ...(since && { from: since }) }
    const range = { limit: MOST_BY_PEOPLE, before: null }
    const page = await this.parts.auditDesk.page(mailbox.workspaceId, filter, range)
    return byPeople(page.entries, mailbox)
  }

  private async ofFolders({ _id }: Mailbox): Promise<ActivityEntry[]> {
    const { folders, subscriptionStore, clock } = this.parts
    const [watched, subscriptions] = await Promise.all([
      folders.watchedOf(_id),
      subscriptionStore.ofMailbox(_id),
    ])
    const told = await Promise.all(
      watched.map(async (folder) => {
        const subscription = subscriptions.find(({ folderId }) => folderId === folder._id) ?? null
        const unstored = await this.unstoredIn(folder._id)
        return ofFolder({ folder, subscription, unstored, now: clock.now() })
      }),
    )
    return told.flat()
  }

  private async ofTheWhole({ _id, trouble }: Mailbox): Promise<ActivityEntry[]> {
    const test = await this.parts.syncTests.last(_id)
    const told: ActivityEntry[] = []
    if (trouble)
      told.push({
        ...{ at: trouble.since.toISOString(), kind: 'credential', severity: 'error' },
        ...{ sentence: adviceOn(trouble).sentence, folderName: null },
      })
    if (test)
      told.push({
        ...{ at: test.finishedAt, kind: 'test', folderName: null },
        ...TESTED[test.status],
      })
    return told
  }

  private async unstoredIn(folderId: string): Promise<Unstored[]> {
    return this.entries
      .find({ folderId, state: { $in: ['failed', 'pending'] } })
      .limit(MOST_UNSTORED)
      .select({ _id: 0, state: 1, reason: 1, attempts: 1, decidedAt: 1 })
      .lean<Unstored[]>()
  }
}

const TESTED = {
  ok: { severity: 'info', sentence: 'Test Sync found that everything works.' },
  warning: { severity: 'warning', sentence: 'Test Sync found something to look at.' },
  failed: { severity: 'error', sentence: 'Test Sync found that something does not work.' },
} as const
