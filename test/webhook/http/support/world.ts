import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { json, Router } from 'express'
import type { Connection } from 'mongoose'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import { Random } from '../../../../sandbox/random.ts'
import { flowCrm, type PersonKey } from '../../../../sandbox/sign-in/directory.ts'
import { Issuer } from '../../../../sandbox/sign-in/issuer.ts'
import { readConfig } from '../../../../webhook/config/config.ts'
import { openAudit } from '../../../../webhook/audit/open-audit.ts'
import { openContacts } from '../../../../webhook/contacts/contact-desks.ts'
import { ContactStore } from '../../../../webhook/contacts/store/contact-store.ts'
import type { ComposeDesk } from '../../../../webhook/compose/compose-desk.ts'
import type { KeepOut } from '../../../../webhook/rules/keep-out.ts'
import type { FollowUpDesks } from '../../../../webhook/follow-up/open-follow-ups.ts'
import type { PaneDesk } from '../../../../webhook/pane/pane-desk.ts'
import type { EndingDesk } from '../../../../webhook/ending/ending-desk.ts'
import { EmailAccess } from '../../../../webhook/crm/access/email-access.ts'
import { createAddinApp } from '../../../../webhook/http/addin-app.ts'
import { createApp, type AppParts } from '../../../../webhook/http/app.ts'
import { RateLimiter } from '../../../../webhook/http/rate/rate-limit.ts'
import { createLogger } from '../../../../webhook/logger.ts'
import { Members } from '../../../../webhook/people/members.ts'
import { ApiTokens } from '../../../../webhook/sign-in/api-tokens.ts'
import { graphResourceOf } from '../../../../webhook/sign-in/clouds.ts'
import { Entra } from '../../../../webhook/sign-in/entra.ts'
import { MailTokens } from '../../../../webhook/sign-in/tokens/mail-tokens.ts'
import { Sealer } from '../../../../webhook/sign-in/sealed.ts'
import { SignInFlow } from '../../../../webhook/sign-in/sign-in-flow.ts'
import { TokenCache } from '../../../../webhook/sign-in/tokens/token-cache.ts'
import { StatementSigner } from '../../../../webhook/statement/statement-signer.ts'
import { EmailStore } from '../../../../webhook/store/email-store.ts'
import { FolderStore } from '../../../../webhook/store/folder-store.ts'
import { MailboxStore } from '../../../../webhook/store/mailbox-store.ts'
import { SessionStore } from '../../../../webhook/store/sign-in/session-store.ts'
import { TokenCacheStore } from '../../../../webhook/store/sign-in/token-cache-store.ts'
import { openThreads } from '../../../../webhook/threads/open-threads.ts'
import { openTestDatabase, startTestDatabase } from '../../../support/database.ts'
import { vaultOn } from '../../../support/keys.ts'
import { Browser, locationOf } from './browser.ts'
import { EmailsInMemory, LiveInMemory, MailboxControlInMemory, MailboxesInMemory } from './desks.ts'
import { ExplainerInMemory, StatementsInMemory } from './proof-desks.ts'
import { AttachmentsInMemory } from './attachments-desk.ts'
import { noPeople } from './people-desks.ts'
import { ReadingInMemory } from './reading-desk.ts'
import { ruleDeskOn } from './rule-desk.ts'

export type WorldOptions = {
  env?: Record<string, string>
  consoleFolder?: string
  addinFolder?: string
  /** Something is to go back to the mailboxes that are connected. */
  bothWays?: boolean
}

export type World = Awaited<ReturnType<typeof startWorld>>

/** The service's HTTP side with a real database and a real issuer; mailboxes and e-mails are small and in memory. */
export async function startWorld(options: WorldOptions = {}) {
  const cleanup = new Cleanup()
  // msal dates by the real time, so the clock starts there.
  const clock = new VirtualClock(new Date().toISOString())
  const service = await openServer(cleanup)
  const addin = await openServer(cleanup)
  const issuer = Issuer.create({
    clock,
    random: new Random(11),
    redirectUris: {
      web: [`${service.url}/auth/callback`, `${service.url}/auth/admin-consent/callback`],
      spa: [`${addin.url}/auth-redirect.html`],
    },
  })
  cleanup.defer(() => issuer[Symbol.asyncDispose]())
  const issuerUrl = await issuer.listen()
  const database = await startTestDatabase()
  cleanup.defer(() => database[Symbol.asyncDispose]())
  const db = await openTestDatabase(database.url)
  cleanup.defer(() => db.close())

  const { config, secrets } = readConfig({
    PUBLIC_URL: service.url,
    ADDIN_URL: addin.url,
    MONGODB_URL: database.url,
    AUTHORITY_URL: issuerUrl,
    CLIENT_ID: flowCrm.clientId,
    CLIENT_SECRET: flowCrm.secret,
    ROOT_KEY: Buffer.alloc(32, 7).toString('base64'),
    SANDBOX_FAULT_DESK_URL: 'http://localhost:3001/desk',
    SANDBOX_OUTLOOK_URL: 'http://localhost:3003/mail/',
    ...options.env,
  })
  const parts = signInParts({ config, secrets, clock, db })
  const logged: string[] = []
  const desks = {
    mailboxes: new MailboxesInMemory(),
    mailboxControl: new MailboxControlInMemory(),
    emails: new EmailsInMemory(),
    reading: new ReadingInMemory(),
    attachments: new AttachmentsInMemory(),
    live: new LiveInMemory(),
    statements: new StatementsInMemory(),
    explainToPeople: new ExplainerInMemory(),
  }
  const signer = new StatementSigner(secrets.rootKey)
  const events = { auditCheckpoint: () => undefined }
  const { vault } = parts
  const { audit, auditDesk } = openAudit({ db, vault, clock, signer, config, events })
  const { requestsPerMinute: perMinute } = config
  const rateLimiter = new RateLimiter({ quota: { burst: perMinute, perMinute }, clock })
  const stores = {
    contacts: new ContactStore({ db, vault, clock }),
    emails: new EmailStore({ db, vault }),
    mailboxes: new MailboxStore({ db, vault }),
    folders: new FolderStore({ db, vault }),
  }
  const contacts = openContacts({
    ...{ ...stores, db, vault, clock, audit, access: new EmailAccess(stores) },
    policies: { ownDomains: async () => new Set() },
    reevaluate: async () => undefined,
  })
  const access = new EmailAccess(stores)
  const { threadDesk } = openThreads({ ...stores, db, vault, clock, audit, access, contacts })
  const stopping = new AbortController()
  cleanup.defer(() => stopping.abort())
  const common = { ...parts, config, clock, log: createLogger('info', linesInto(logged)) }
  service.handler = createApp({
    ...common,
    ...desks,
    ...noPeople,
    ...{ audit, auditDesk, rateLimiter, contactDesks: contacts.desks, threadDesk },
    members: new Members({ db, vault, clock }),
    rules: ruleDeskOn({ db, vault, clock, audit, plan: config.plan }),
    writeAccess: { isWanted: async () => options.bothWays ?? false },
    endingDesk: {} as EndingDesk, // nobody ends anything here
    ...({} as Pick<AppParts, 'testSync' | 'supportDesk' | 'findingsDesk'>), // test/webhook/test-sync and support do
    composeDesk: {} as ComposeDesk,
    keepOut: {} as KeepOut,
    followUpDesks: {} as FollowUpDesks,
    paneDesk: {} as PaneDesk, // nor looks at anything from the pane: test/webhook/pane does
    ready: async () => void (await db.db?.admin().ping()),
    notifications: echoRouter(),
    operations: Router(),
    onStoreDown: () => undefined,
    stopping: stopping.signal,
    consoleFolder: options.consoleFolder ?? '/nowhere',
  })
  addin.handler = createAddinApp({ ...common, addinFolder: options.addinFolder ?? '/nowhere' })

  const browser = () => new Browser(service.url)
  return {
    ...{
      ...parts,
      ...desks,
      contacts,
      audit,
      clock,
      issuer,
      issuerUrl,
      db,
      database,
      config,
      logged,
      stopping,
    },
    serviceUrl: service.url,
    addinUrl: addin.url,
    browser,
    /** A browser with a session. */
    signedIn: async (person: PersonKey) => signInWith(browser(), issuer, person),
    [Symbol.asyncDispose]: () => cleanup.run(),
  }
}

export async function signInWith(
  browser: Browser,
  issuer: Issuer,
  person: PersonKey,
  path = '/auth/sign-in',
): Promise<Browser & { csrfToken: string }> {
  const authorizeUrl = locationOf(await browser.get(path))
  locationOf(await browser.get(issuer.authorizeAs(person, authorizeUrl)))
  const session = (await (await browser.get('/api/v1/session')).json()) as { csrfToken: string }
  return Object.assign(browser, { csrfToken: session.csrfToken })
}

/** Leaves for the authority; the answer is the address it would send Alice back to. */
export async function awayAndBack(
  { issuer }: Pick<World, 'issuer'>,
  browser: Browser,
  path = '/auth/sign-in',
): Promise<URL> {
  return new URL(issuer.authorizeAs('alice', locationOf(await browser.get(path))))
}

export const sessionStatus = async (browser: Browser): Promise<number> =>
  (await browser.get('/api/v1/session')).status

/** Connects the person's own mailbox; the answer is where the browser lands. */
export async function connect(
  { issuer }: Pick<World, 'issuer'>,
  browser: Browser,
  person: PersonKey,
): Promise<string> {
  const authorizeUrl = locationOf(await browser.get('/auth/connect'))
  return locationOf(await browser.get(issuer.authorizeAs(person, authorizeUrl)))
}

type SignInWorld = ReturnType<typeof readConfig> & { clock: VirtualClock; db: Connection }

function signInParts({ config, secrets, clock, db }: SignInWorld) {
  const entra = new Entra({
    entra: config.entra,
    apiUrl: config.publicUrl,
    credential: secrets.clientCredential,
  })
  const graphResource = graphResourceOf(config.graphUrl)
  const vault = vaultOn(db, clock, secrets.rootKey)
  const tokenCacheStore = new TokenCacheStore({ db, vault })
  const tokenCache = new TokenCache(tokenCacheStore)
  const sealer = new Sealer(secrets.rootKey, 'sign-in-attempt')
  const { publicUrl } = config
  return {
    entra,
    vault,
    tokenCache,
    tokenCacheStore,
    sessions: new SessionStore({ db, clock, vault }),
    signIn: new SignInFlow({ entra, sealer, tokenCache, clock, publicUrl, graphResource }),
    apiTokens: new ApiTokens({ entra, clock }),
    mailTokens: new MailTokens({ entra, tokenCache, graphResource, clock }),
  }
}

/** What to close, the last opened first. */
class Cleanup {
  private readonly steps: (() => unknown)[] = []

  defer(step: () => unknown): void {
    this.steps.unshift(step)
  }

  async run(): Promise<void> {
    for (const step of this.steps) await step()
  }
}

/** Listens before there is an app, since the app must know its own address. */
async function openServer(cleanup: Cleanup) {
  const open: { url: string; handler: RequestListener } = {
    url: '',
    handler: (_request, response) => void response.writeHead(503).end(),
  }
  const server: Server = createServer((request, response) => open.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.url = `http://localhost:${(server.address() as AddressInfo).port}`
  cleanup.defer(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  })
  return open
}

const linesInto = (lines: string[]) =>
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString())
      done()
    },
  })

/** Stands where Graph's receiver is mounted: says what it was given. */
function echoRouter(): Router {
  const router = Router()
  router.post('/notifications', json(), (request, response) => {
    const body: unknown = request.body
    response.status(202).json({ cookies: request.headers.cookie ?? null, body })
  })
  return router
}
