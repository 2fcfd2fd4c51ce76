import { VirtualClock } from '../../../sandbox/clock.ts'
import { AnnouncementStore } from '../../../webhook/announcements/announcement-store.ts'
import { AttachmentQueue } from '../../../webhook/attachments/attachment-queue.ts'
import { AttachmentStore } from '../../../webhook/attachments/attachment-store.ts'
import { BlobStore } from '../../../webhook/attachments/blob-store.ts'
import { ChoiceStore } from '../../../webhook/store/compose/choice-store.ts'
import { EmailAccess } from '../../../webhook/crm/access/email-access.ts'
import { noCrash } from '../../../webhook/crash-points.ts'
import { FolderQueue } from '../../../webhook/queue/folder-queue.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { FolderStore } from '../../../webhook/store/folder-store.ts'
import { LedgerStore } from '../../../webhook/store/ledger-store.ts'
import { HandLog } from '../../../webhook/rules/hand-log.ts'
import { noContacts, nobodyErased } from '../../../webhook/rules/people.ts'
import { RuleBook } from '../../../webhook/rules/rule-book.ts'
import { RuleStore } from '../../../webhook/rules/rule-store.ts'
import { MailboxStore } from '../../../webhook/store/mailbox-store.ts'
import { SightingStore } from '../../../webhook/store/sighting-store.ts'
import { endlessRoom } from '../../../webhook/sync/policies.ts'
import { PinStore } from '../../../webhook/contacts/matching/pin-store.ts'
import { openThreads } from '../../../webhook/threads/open-threads.ts'
import { StraySearchStore } from '../../../webhook/store/stray-search-store.ts'
import { SubscriptionStore } from '../../../webhook/store/subscription-store.ts'
import { ReadStates } from '../../../webhook/crm/reading/read-states.ts'
import { WriteAccess } from '../../../webhook/write-back/write-access.ts'
import { WriteBackQueue } from '../../../webhook/write-back/write-back-queue.ts'
import { AuditInMemory } from '../../support/audit-in-memory.ts'
import { openTestDatabase, startTestDatabase, type TestDatabase } from '../../support/database.ts'
import { vaultOn } from '../../support/keys.ts'

/** Tokens that do not tell what they were granted. */
const everythingGranted = { accessTokenFor: async () => 'opaque' }

export type OpenStores = Awaited<ReturnType<typeof openStores>>

/** How long a bell waits for others, and how long a lease lasts. */
export const COALESCE_MS = 2_000
export const LEASE_MS = 60_000

/** Every store on an empty database, and queues for as many workers as a test needs, all in one virtual time. */
export async function openStores(given?: TestDatabase) {
  const database = given ?? (await startTestDatabase())
  const db = await openTestDatabase(database.url)
  const clock = new VirtualClock()
  const vault = vaultOn(db, clock)
  const queueOf = (owner: string) =>
    new FolderQueue({ db, clock, owner, coalesceMs: COALESCE_MS, leaseMs: LEASE_MS })
  const mailboxes = new MailboxStore({ db, vault })
  const sightings = new SightingStore(db)
  const ruleStore = new RuleStore({ db, vault })
  const people = { contacts: noContacts, suppressions: nobodyErased }
  const choices = new ChoiceStore(db)
  const rulesParts = { ruleStore, mailboxes, sightings, choices, vault, clock, ...people }
  const policies = new RuleBook(rulesParts)
  const emails = new EmailStore({ db, vault })
  const ledger = new LedgerStore(db)
  const queue = queueOf('worker')
  const folders = new FolderStore({ db, vault })
  const access = new EmailAccess({ emails, mailboxes })
  const audit = new AuditInMemory()
  const nobodys = {
    pins: new PinStore(db),
    matcher: { around: async (_of: unknown, change: () => Promise<void>) => change() },
  }
  const { threads, threadDesk, threadChores } = openThreads({
    ...{ db, vault, clock, emails, mailboxes, folders, access, audit },
    contacts: nobodys,
  })
  const writeBackQueue = new WriteBackQueue({ db, clock, leaseMs: LEASE_MS })
  const writing = { mailboxes, policies, writeBackQueue, clock }
  const writeAccess = new WriteAccess({ ...writing, mailTokens: everythingGranted })
  const readStates = new ReadStates({ ...writing, access, emails })
  const handLog = new HandLog({ ledger, queue, clock, policies, mailboxes, vault })
  return {
    db,
    url: database.url,
    clock,
    queueOf,
    queue,
    vault,
    crash: noCrash,
    ...{ emails, access, audit, threads, threadDesk, threadChores },
    attachmentQueue: new AttachmentQueue({ db, clock, leaseMs: LEASE_MS }),
    ...{ writeBackQueue, writeAccess, readStates },
    attachmentStore: new AttachmentStore({ db, vault }),
    blobs: new BlobStore({ db, clock, vault }),
    announcements: new AnnouncementStore({ db, clock }),
    folders,
    ledger,
    mailboxes,
    ...{ sightings, ruleStore, choices, policies, handLog, room: endlessRoom },
    subscriptionStore: new SubscriptionStore(db),
    straySearches: new StraySearchStore(db),
    /** Empties every collection but the keys, and keeps the indexes, so that one server serves a whole file. */
    clear: async () => {
      const models = Object.values(db.models).filter(
        ({ modelName }) => modelName !== 'WorkspaceKey',
      )
      await Promise.all(models.map((model) => model.deleteMany({})))
    },
    async [Symbol.asyncDispose]() {
      await db.close()
      await database[Symbol.asyncDispose]()
    },
  }
}
