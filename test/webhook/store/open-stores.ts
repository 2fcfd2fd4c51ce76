import { VirtualClock } from '../../../sandbox/clock.ts'
import { AnnouncementStore } from '../../../webhook/announcements/announcement-store.ts'
import { BlindIndex } from '../../../webhook/keys/blind-index.ts'
import { noCrash } from '../../../webhook/crash-points.ts'
import { FolderQueue } from '../../../webhook/queue/folder-queue.ts'
import { openDatabase } from '../../../webhook/store/database.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { FolderStore } from '../../../webhook/store/folder-store.ts'
import { LedgerStore } from '../../../webhook/store/ledger-store.ts'
import { MailboxStore } from '../../../webhook/store/mailbox-store.ts'
import { StraySearchStore } from '../../../webhook/store/stray-search-store.ts'
import { SubscriptionStore } from '../../../webhook/store/subscription-store.ts'
import { startTestDatabase } from '../../support/database.ts'

export type OpenStores = Awaited<ReturnType<typeof openStores>>

/** How long a bell waits for others, and how long a lease lasts. */
export const COALESCE_MS = 2_000
export const LEASE_MS = 60_000

/** Every store on an empty database, and queues for as many workers as a test needs, all in one virtual time. */
export async function openStores() {
  const database = await startTestDatabase()
  const db = await openDatabase(database.url)
  const clock = new VirtualClock()
  const queueOf = (owner: string) =>
    new FolderQueue({ db, clock, owner, coalesceMs: COALESCE_MS, leaseMs: LEASE_MS })
  return {
    db,
    url: database.url,
    clock,
    queueOf,
    queue: queueOf('worker'),
    blind: new BlindIndex(Buffer.alloc(32)),
    crash: noCrash,
    emails: new EmailStore(db),
    announcements: new AnnouncementStore({ db, clock }),
    folders: new FolderStore(db),
    ledger: new LedgerStore(db),
    mailboxes: new MailboxStore(db),
    subscriptionStore: new SubscriptionStore(db),
    straySearches: new StraySearchStore(db),
    /** Empties every collection and keeps the indexes, so that one server serves a whole file. */
    clear: async () => {
      await Promise.all(Object.values(db.models).map((model) => model.deleteMany({})))
    },
    async [Symbol.asyncDispose]() {
      await db.close()
      await database[Symbol.asyncDispose]()
    },
  }
}
