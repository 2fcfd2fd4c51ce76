import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { Connection } from 'mongoose'
import { AnnouncementStore } from './announcements/announcement-store.ts'
import { Neighbours } from './announcements/neighbours.ts'
import { openAudit } from './audit/open-audit.ts'
import { Attachments } from './attachments/attachment-desk.ts'
import { AttachmentQueue } from './attachments/attachment-queue.ts'
import { AttachmentStore } from './attachments/attachment-store.ts'
import { BlobStore } from './attachments/blob-store.ts'
import { realClock, type Clock } from './clock.ts'
import { openPane } from './compose/open-pane.ts'
import type { Config, Secrets } from './config/config.ts'
import { openContacts } from './contacts/contact-desks.ts'
import { ContactStore } from './contacts/store/contact-store.ts'
import { noCrash, type CrashHook } from './crash-points.ts'
import { EmailAccess } from './crm/access/email-access.ts'
import { AuditedMailboxes } from './crm/access/audited-mailboxes.ts'
import { Announcer } from './crm/announce.ts'
import { Emails } from './crm/email-desk.ts'
import { ProcessLiveBus } from './crm/live-bus.ts'
import { MailboxControl } from './crm/mailbox-control.ts'
import { Mailboxes } from './crm/mailbox-desk.ts'
import { Reading } from './crm/reading/reading.ts'
import { openEnding } from './ending/open-ending.ts'
import { WorkspaceEndingStore } from './ending/workspace/workspace-ending-store.ts'
import { createEvents, type Events } from './events.ts'
import { openFollowUps } from './follow-up/open-follow-ups.ts'
import { HtmlCleaner, threadOf } from './html/cleaner.ts'
import { Heartbeat } from './instances/heartbeat.ts'
import { InstanceStore } from './instances/instance-store.ts'
import { RateLimiter } from './http/rate/rate-limit.ts'
import { RootKey } from './keys/root-key.ts'
import { Vault } from './keys/vault.ts'
import { PlanRoom } from './limits/room.ts'
import { UsageStore } from './limits/usage-store.ts'
import { createLogger, type Logger } from './logger.ts'
import { Metrics } from './metrics/metrics.ts'
import { KnownSubscriptions } from './notifications/known-subscriptions.ts'
import { Receiver } from './notifications/receiver.ts'
import { richNotifications } from './notifications/rich/rich-notifications.ts'
import { graphProviders } from './provider/graph/graph-providers.ts'
import { FolderQueue } from './queue/folder-queue.ts'
import { reevaluate } from './rules/decide-again.ts'
import { RuleDesk } from './rules/desk.ts'
import { HandLog } from './rules/hand-log.ts'
import { OwnCopies } from './rules/own-copy.ts'
import { openPeople } from './people/open-people.ts'
import { SuppressionStore } from './people/suppressions.ts'
import { Rotation } from './rotation/rotation.ts'
import { RuleBook } from './rules/rule-book.ts'
import { RuleStore } from './rules/rule-store.ts'
import { openSignIn } from './sign-in/open-sign-in.ts'
import { StatementSigner } from './statement/statement-signer.ts'
import { ChoiceStore } from './store/compose/choice-store.ts'
import { openDatabase, type Patience } from './store/database.ts'
import { EmailStore } from './store/email-store.ts'
import { FolderStore } from './store/folder-store.ts'
import { LedgerStore } from './store/ledger-store.ts'
import { MailboxStore } from './store/mailbox-store.ts'
import { SessionStore } from './store/sign-in/session-store.ts'
import { SightingStore } from './store/sighting-store.ts'
import { StraySearchStore } from './store/stray-search-store.ts'
import { SubscriptionStore } from './store/subscription-store.ts'
import { TokenCacheStore } from './store/sign-in/token-cache-store.ts'
import { WorkspaceKeyStore } from './store/workspace-key-store.ts'
import { encryptionFor } from './subscriptions/encryption.ts'
import { Subscriptions } from './subscriptions/subscriptions.ts'
import { openDiagnostics } from './support/open-diagnostics.ts'
import { openThreads } from './threads/open-threads.ts'
import { ReadStates } from './crm/reading/read-states.ts'
import { WriteAccess } from './write-back/write-access.ts'
import { WriteBackQueue } from './write-back/write-back-queue.ts'

/** What a test may replace: time, chance, the network to Graph, and where the process is to die; and what a build must. */
export type Overrides = {
  clock?: Clock
  random?: () => number
  logger?: Logger
  fetch?: typeof fetch
  crash?: CrashHook
  /** Names and keys that nobody can guess; where a run is to be repeated, ones that come again. */
  instanceId?: string
  newKey?: () => Buffer
  /** The file of the thread that cleans HTML, where it is not the source's. */
  htmlWorker?: string
}

export type AppContext = Awaited<ReturnType<typeof createContext>>

/** How long a start may wait for the database, and who may end the waiting. */
export type StartPatience = Pick<Patience, 'ms' | 'signal'>

/** The composition root: the only place that calls constructors, in reading order. */
export async function createContext(
  { config, secrets }: { config: Config; secrets: Secrets },
  overrides: Overrides = {},
  patience?: StartPatience,
) {
  const clock = overrides.clock ?? realClock
  const random = overrides.random ?? Math.random
  const crash = overrides.crash ?? noCrash
  const log = overrides.logger ?? createLogger(config.logLevel)
  const metrics = new Metrics({ token: secrets.metricsToken })
  const events = createEvents(log, metrics.instruments)

  const waiting = patience && { ...patience, clock, onWait: events.databaseAwaited }
  const db = await openDatabase(secrets.mongodbUrl, waiting)
  const root = new RootKey(secrets.rootKey, secrets.oldRootKey)
  const workspaceKeys = new WorkspaceKeyStore(db)
  const vault = new Vault({ store: workspaceKeys, root, clock, newKey: overrides.newKey })
  const rotation = new Rotation({ db, vault, workspaceKeys, root, clock })
  const stores = openStores({ db, vault, clock, crash, events })
  const workspaceEndings = new WorkspaceEndingStore(db)
  const admit = (workspaceId: string) => workspaceEndings.admit(workspaceId)
  const identity = openSignIn({ config, secrets, clock, admit, store: stores.tokenCaches })

  const { coalesceMs, leaseMs, subscriptionLifeMs } = config.sync
  const instanceId = overrides.instanceId ?? randomUUID()
  const queue = new FolderQueue({ db, clock, owner: instanceId, coalesceMs, leaseMs })
  const heartbeat = new Heartbeat({
    ...{ folders: stores.folders, instances: new InstanceStore(db), clock, instanceId },
    housekeepingMs: config.sync.housekeepingMs,
    onOutage: events.nobodyWasAwake,
  })
  const providers = graphProviders({
    graphUrl: config.graphUrl,
    accessToken: (mailbox, options) => identity.mailTokens.accessTokenFor(mailbox, options),
    concurrencyPerMailbox: config.sync.concurrencyPerMailbox,
    requestsPer10Minutes: config.sync.requestsPer10Minutes,
    fetch: overrides.fetch ?? fetch,
    ...{ clock, random },
    sharers: () => heartbeat.sharers,
    onRequest: events.graphAnswered,
    onWait: events.graphWaited,
  })
  const attachmentQueue = new AttachmentQueue({ db, clock, leaseMs })
  const writeBackQueue = new WriteBackQueue({ db, clock, leaseMs })
  const signer = new StatementSigner(secrets.rootKey)
  const auditing = openAudit({ db, vault, clock, signer, config, events })
  const { requestsPerMinute: perMinute } = config
  const rateLimiter = new RateLimiter({ quota: { burst: perMinute, perMinute }, clock })
  const policies = new RuleBook({ ...stores, vault, clock })
  const room = new PlanRoom({ ...stores, plan: config.plan, emails: stores.sightings, clock })
  const access = new EmailAccess(stores)
  const deciding = { policies, room, access }
  const writing = { ...stores, ...identity, policies, writeBackQueue, clock }
  const work = {
    ...{ ...stores, ...auditing, ...deciding, queue, attachmentQueue, providers, clock },
    ...{ vault, crash, writeBackQueue, writeAccess: new WriteAccess(writing) },
  }
  const { publicUrl } = config
  const { rootKey } = secrets
  const known = new KnownSubscriptions({ ...stores, clock })
  const subscriptions = new Subscriptions({
    ...{ ...work, random, rootKey, publicUrl, lifeMs: subscriptionLifeMs },
    sharers: () => heartbeat.sharers,
    encryption: encryptionFor(secrets.richCertificate),
    onForgotten: (id) => known.forget(id),
  })

  const bus = new ProcessLiveBus()
  const certificate = secrets.richCertificate
  const receiver = new Receiver({
    ...{ ...work, known, subscriptions },
    rich: richNotifications({
      ...{ ...work, entra: config.entra, certificate },
      show: (audience, event) => bus.publish(audience, event),
    }),
    onAlarm: events.notificationsRefused,
    onJudged: events.notificationJudged,
  })
  const { reconcileMs } = config.sync
  const mailboxDesk = new Mailboxes({ ...work, subscriptions, reconcileMs })
  const mailboxControl = new MailboxControl(work)
  const live = { ...stores, bus, mailboxDesk, clock, instanceId, onError: events.mailboxNotShown }
  const announcer = new Announcer(live)
  const auditedMailboxes = new AuditedMailboxes({ ...work, mailboxDesk, mailboxControl, announcer })
  const neighbours = new Neighbours({ ...live, show: (news) => announcer.show(news) })
  const contacts = openContacts({
    ...{ ...work, db },
    reevaluate: async ({ workspaceId, ...about }) =>
      void (await reevaluate(work, workspaceId, about)),
  })
  const { onStored } = contacts
  const people = openPeople({ ...work, ...contacts, db, signer, config, events })
  const threading = openThreads({ ...work, db, contacts })
  const { messageQuarantined: onQuarantined } = events
  const copies = new OwnCopies({ ...work, ...threading, random, onStored, onQuarantined })
  const handLog = new HandLog({ ...work, copies })
  const followUps = openFollowUps({ ...work, ...contacts, contacts: stores.contacts, db, handLog })
  const emailDesk = new Emails({
    ...{ ...work, ...threading, ...followUps, handLog, onStored },
    onLogged: (logged) => announcer.logged(logged),
  })
  const ruleDesk = new RuleDesk({ ...work, plan: config.plan })
  const hand = { copies, ruleDesk }
  const cleaner = new HtmlCleaner({
    startThread: () => threadOf(overrides.htmlWorker ?? resolve('webhook/html/worker.ts')),
    onWithheld: events.mailWithheld,
    onThreadFailed: events.htmlThreadFailed,
  })
  const readStates = new ReadStates(work)
  const readingDesk = new Reading({ ...work, cleaner, publicUrl, readStates })
  const diagnostics = openDiagnostics({
    ...{ ...work, ...identity, db, subscriptions, mailboxDesk, heartbeat, signer, reconcileMs },
    ...{ settings: { config, secrets }, onStepFailed: events.syncTestFailed },
  })
  const { explainer } = diagnostics
  const pane = openPane({ ...work, ...contacts, ...followUps, emailDesk, explainer, ...hand })
  const attachmentDesk = new Attachments(work)
  const ending = openEnding({
    ...{ ...work, ...identity, db, signer, subscriptions, workspaceKeys },
    onMailboxChanged: (mailboxId) => announcer.mailboxChanged(mailboxId),
  })
  const attachmentLimit = async () => config.plan.attachmentBytes

  return {
    ...{ config, clock, random, rateLimiter, attachmentLimit, log, metrics, events, db, bus },
    ...work,
    ...threading,
    ...people,
    ...identity,
    ...{
      workspaceKeys,
      rotation,
      heartbeat,
      subscriptions,
      receiver,
      mailboxDesk,
      mailboxControl,
      auditedMailboxes,
      emailDesk,
      contactDesks: contacts.desks,
      contactChores: contacts.chores,
      onStored,
      rules: ruleDesk,
      endingDesk: ending.desk,
      endingChores: ending.chores,
      cleaner,
      readingDesk,
      announcer,
      neighbours,
      ...{ ...pane, ...followUps, ...diagnostics },
      attachmentDesk,
    },
  }
}

type StoreParts = {
  db: Connection
  vault: Vault
  clock: Clock
  crash: CrashHook
  events: Events
}

function openStores({ db, vault, clock, crash, events }: StoreParts) {
  return {
    mailboxes: new MailboxStore({ db, vault }),
    folders: new FolderStore({ db, vault }),
    subscriptionStore: new SubscriptionStore(db),
    straySearches: new StraySearchStore(db),
    ledger: new LedgerStore(db, crash, events.ledgerWritten),
    emails: new EmailStore({ db, vault, crash }),
    contacts: new ContactStore({ db, vault, clock }),
    sightings: new SightingStore(db),
    choices: new ChoiceStore(db),
    ruleStore: new RuleStore({ db, vault }),
    usages: new UsageStore({ db, clock }),
    attachmentStore: new AttachmentStore({ db, vault }),
    blobs: new BlobStore({ db, clock, vault, crash }),
    announcements: new AnnouncementStore({ db, clock }),
    suppressions: new SuppressionStore({ db, clock }),
    sessions: new SessionStore({ db, clock, vault }),
    tokenCaches: new TokenCacheStore({ db, vault }),
  }
}
