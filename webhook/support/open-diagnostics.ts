import type { Connection } from 'mongoose'
import type { Config, Secrets } from '../config/config.ts'
import { ExplainToPeople, type ExplainToPeopleParts } from '../explain/explain-to-people.ts'
import { Explainer, type ExplainerParts } from '../explain/explainer.ts'
import { Statements, type StatementParts } from '../statement/statements.ts'
import { SyncTestStore } from '../test-sync/sync-test-store.ts'
import { TestSync, type TestSyncParts } from '../test-sync/test-sync.ts'
import { FindingsDesk, type FindingsParts } from './findings/findings-desk.ts'
import { ActivityLog, type ActivityParts } from './activity/activity-log.ts'
import { ReasonCounts } from './reason-counts.ts'
import { lastAnnounced, RecentAccounts } from './recent-accounts.ts'
import { settingNames } from './setting-names.ts'
import { SupportDesk, type SupportDeskParts } from './support-desk.ts'

type Made =
  | 'syncTests'
  | 'lastAnnounced'
  | 'recentAccounts'
  | 'reasonCounts'
  | 'activityLog'
  | 'configuration'

export type DiagnosticsParts = ExplainerParts &
  ExplainToPeopleParts &
  StatementParts &
  Omit<TestSyncParts & SupportDeskParts & ActivityParts & FindingsParts, Made> & {
    db: Connection
    settings: { config: Config; secrets: Secrets }
  }

/** So many of the latest messages are looked at for when one was last announced. */
const LATEST = 100

/** Whatever tells how a mailbox is: its proof, its messages' stories, its test, and what support needs. */
export function openDiagnostics(parts: DiagnosticsParts) {
  const { db, settings } = parts
  const syncTests = new SyncTestStore(parts)
  const recentAccounts = new RecentAccounts(db)
  const reasonCounts = new ReasonCounts(db)
  const activityLog = new ActivityLog({ ...parts, syncTests })
  const configuration = settingNames(settings)
  const explainer = new Explainer(parts)
  return {
    statements: new Statements(parts),
    explainer,
    explainToPeople: new ExplainToPeople({ ...parts, explainer }),
    testSync: new TestSync({
      ...{ ...parts, syncTests },
      lastAnnounced: async (mailbox) => lastAnnounced(await recentAccounts.of(mailbox, LATEST)),
    }),
    supportDesk: new SupportDesk({
      ...{ ...parts, syncTests, recentAccounts, reasonCounts, activityLog, configuration },
    }),
    findingsDesk: new FindingsDesk({ ...parts, recentAccounts }),
  }
}
