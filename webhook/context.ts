import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { AnnouncementStore } from './announcements/announcement-store.ts'
import { Neighbours } from './announcements/neighbours.ts'
import { BlindIndex } from './keys/blind-index.ts'
import { realClock, type Clock } from './clock.ts'
import type { Config, Secrets } from './config/config.ts'
import { noCrash, type CrashHook } from './crash-points.ts'
import { Announcer } from './crm/announce.ts'
import { Emails } from './crm/email-desk.ts'
import { ProcessLiveBus } from './crm/live-bus.ts'
import { MailboxControl } from './crm/mailbox-control.ts'
import { Mailboxes } from './crm/mailbox-desk.ts'
import { createEvents, type Events } from './events.ts'
import { Explainer } from './explain/explainer.ts'
import { Heartbeat } from './instances/heartbeat.ts'
import { InstanceStore } from './instances/instance-store.ts'
import { createLogger, type Logger } from './logger.ts'
import { Metrics } from './metrics/metrics.ts'
import { KnownSubscriptions } from './notifications/known-subscriptions.ts'
import { Receiver } from './notifications/receiver.ts'
import { richNotifications } from './notifications/rich/rich-notifications.ts'
import { graphProviders } from './provider/graph/graph-providers.ts'
import { FolderQueue } from './queue/folder-queue.ts'
import { ApiTokens } from './sign-in/api-tokens.ts'
import { graphResourceOf } from './sign-in/clouds.ts'
import { Entra } from './sign-in/entra.ts'
import { MailTokens } from './sign-in/mail-tokens.ts'
import { Sealer } from './sign-in/sealed.ts'
import { SignInFlow } from './sign-in/sign-in-flow.ts'
import { TokenCache } from './sign-in/token-cache.ts'
import { Statements } from './statement/statements.ts'
import { StatementSigner } from './statement/statement-signer.ts'
import { openDatabase, type Patience } from './store/database.ts'
import { EmailStore } from './store/email-store.ts'
import { FolderStore } from './store/folder-store.ts'
import { LedgerStore } from './store/ledger-store.ts'
import { MailboxStore } from './store/mailbox-store.ts'
import { SessionStore } from './store/session-store.ts'
import { StraySearchStore } from './store/stray-search-store.ts'
import { SubscriptionStore } from './store/subscription-store.ts'
import { TokenCacheStore } from './store/token-cache-store.ts'
import { encryptionFor } from './subscriptions/encryption.ts'
import { Subscriptions } from './subscriptions/subscriptions.ts'

/** What a test may replace: time, chance, the network to Graph, and where the process is to die. */
export type Overrides = {
  clock?: Clock
  random?: () => number
  logger?: Logger
  fetch?: typeof fetch
  crash?: CrashHook
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
  const stores = openStores(db, { clock, crash, events })
  const identity = openSignIn({ config, secrets, clock, store: stores.tokenCaches })

  const blind = new BlindIndex(secrets.rootKey)
  const { coalesceMs, leaseMs, subscriptionLifeMs } = config.sync
  const instanceId = randomUUID()
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
  const work = { ...stores, queue, providers, clock, blind, crash }
  const { publicUrl } = config
  const { rootKey } = secrets
  const known = new KnownSubscriptions({ ...stores, clock })
  const subscriptions = new Subscriptions({
    ...{ ...work, random, rootKey, publicUrl, lifeMs: subscriptionLifeMs },
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
  const neighbours = new Neighbours({ ...live, show: (news) => announcer.show(news) })
  const emailDesk = new Emails({ ...work, onLogged: (logged) => announcer.logged(logged) })
  const signer = new StatementSigner(secrets.rootKey)
  const statements = new Statements({ ...work, signer, reconcileMs })
  const explainer = new Explainer(work)

  return {
    ...{ config, clock, random, log, metrics, events, db, bus },
    ...work,
    ...identity,
    ...{
      heartbeat,
      subscriptions,
      receiver,
      mailboxDesk,
      mailboxControl,
      emailDesk,
      announcer,
      neighbours,
      statements,
      explainer,
    },
  }
}

type StoreParts = { clock: Clock; crash: CrashHook; events: Events }

function openStores(db: Connection, { clock, crash, events }: StoreParts) {
  return {
    mailboxes: new MailboxStore(db),
    folders: new FolderStore(db),
    subscriptionStore: new SubscriptionStore(db),
    straySearches: new StraySearchStore(db),
    ledger: new LedgerStore(db, crash, events.ledgerWritten),
    emails: new EmailStore(db, crash),
    announcements: new AnnouncementStore({ db, clock }),
    sessions: new SessionStore({ db, clock }),
    tokenCaches: new TokenCacheStore(db),
  }
}

type SignInParts = { config: Config; secrets: Secrets; clock: Clock; store: TokenCacheStore }

function openSignIn({ config, secrets, clock, store }: SignInParts) {
  const { publicUrl } = config
  const entra = new Entra({
    entra: config.entra,
    apiUrl: publicUrl,
    credential: secrets.clientCredential,
  })
  const graphResource = graphResourceOf(config.graphUrl)
  const tokenCache = new TokenCache({ store, sealer: new Sealer(secrets.rootKey, 'token-cache') })
  const sealer = new Sealer(secrets.rootKey, 'sign-in-attempt')
  return {
    entra,
    mailTokens: new MailTokens({ entra, tokenCache, graphResource, clock }),
    signIn: new SignInFlow({ entra, sealer, tokenCache, clock, publicUrl, graphResource }),
    apiTokens: new ApiTokens({ entra, clock }),
  }
}
