import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { realClock, type Clock } from './clock.ts'
import type { Config, Secrets } from './config/config.ts'
import { Announcer } from './crm/announce.ts'
import { Emails } from './crm/email-desk.ts'
import { ProcessLiveBus } from './crm/live-bus.ts'
import { Mailboxes } from './crm/mailbox-desk.ts'
import { createEvents } from './events.ts'
import { createLogger, type Logger } from './logger.ts'
import { graphProviders } from './provider/graph/graph-providers.ts'
import { FolderQueue } from './queue/folder-queue.ts'
import { ApiTokens } from './sign-in/api-tokens.ts'
import { graphResourceOf } from './sign-in/clouds.ts'
import { Entra } from './sign-in/entra.ts'
import { MailTokens } from './sign-in/mail-tokens.ts'
import { Sealer } from './sign-in/sealed.ts'
import { SignInFlow } from './sign-in/sign-in-flow.ts'
import { TokenCache } from './sign-in/token-cache.ts'
import { openDatabase } from './store/database.ts'
import { EmailStore } from './store/email-store.ts'
import { FolderStore } from './store/folder-store.ts'
import { LedgerStore } from './store/ledger-store.ts'
import { MailboxStore } from './store/mailbox-store.ts'
import { SessionStore } from './store/session-store.ts'
import { SubscriptionStore } from './store/subscription-store.ts'
import { TokenCacheStore } from './store/token-cache-store.ts'
import { Subscriptions } from './sync/subscriptions.ts'

/** What a test may replace. */
export type Overrides = { clock?: Clock; random?: () => number; logger?: Logger }

export type AppContext = Awaited<ReturnType<typeof createContext>>

/** The composition root: the only place that calls constructors, in reading order. */
export async function createContext(config: Config, secrets: Secrets, overrides: Overrides = {}) {
  const clock = overrides.clock ?? realClock
  const random = overrides.random ?? Math.random
  const log = overrides.logger ?? createLogger(config.logLevel)
  const events = createEvents(log)

  const db = await openDatabase(secrets.mongodbUrl)
  const stores = openStores(db, clock)
  const identity = openSignIn({ config, secrets, clock, store: stores.tokenCaches })

  const { coalesceMs, leaseMs, concurrencyPerMailbox, subscriptionLifeMs } = config.sync
  const queue = new FolderQueue({ db, clock, owner: randomUUID(), coalesceMs, leaseMs })
  const providers = graphProviders({
    graphUrl: config.graphUrl,
    accessToken: (mailbox, options) => identity.mailTokens.accessTokenFor(mailbox, options),
    concurrencyPerMailbox,
    clock,
  })
  const work = { ...stores, queue, providers, clock }
  const { publicUrl } = config
  const subscriptions = new Subscriptions({ ...work, publicUrl, lifeMs: subscriptionLifeMs })

  const bus = new ProcessLiveBus()
  const mailboxDesk = new Mailboxes({ ...work, subscriptions })
  const announcer = new Announcer({ ...stores, bus, mailboxDesk, onError: events.mailboxNotShown })
  const emailDesk = new Emails({ ...work, onLogged: (logged) => announcer.logged(logged) })

  return {
    ...{ config, clock, random, log, events, db, bus },
    ...work,
    ...identity,
    ...{ subscriptions, mailboxDesk, emailDesk, announcer },
  }
}

function openStores(db: Connection, clock: Clock) {
  return {
    mailboxes: new MailboxStore(db),
    folders: new FolderStore(db),
    subscriptionStore: new SubscriptionStore(db),
    ledger: new LedgerStore(db),
    emails: new EmailStore(db),
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
    mailTokens: new MailTokens({ entra, tokenCache, graphResource }),
    signIn: new SignInFlow({ entra, sealer, tokenCache, clock, publicUrl, graphResource }),
    apiTokens: new ApiTokens({ entra, clock }),
  }
}
