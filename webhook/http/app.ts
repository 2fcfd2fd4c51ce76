import express, { Router, type Express } from 'express'
import type { Logger } from 'pino'
import type { AttachmentDesk } from '../attachments/ports.ts'
import type { Audit } from '../audit/audit.ts'
import type { AuditReader } from '../audit/audit-desk.ts'
import type { EndingDesk } from '../ending/ending-desk.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { ContactDesks } from '../contacts/contact-desks.ts'
import type { FollowUpDesks } from '../follow-up/open-follow-ups.ts'
import type { PaneDesk } from '../pane/pane-desk.ts'
import type { Members } from '../people/members.ts'
import type { ComposeDesk } from '../compose/compose-desk.ts'
import type { KeepOut } from '../rules/keep-out.ts'
import type { ApiTokens } from '../sign-in/api-tokens.ts'
import type { Entra } from '../sign-in/entra.ts'
import type { SignInFlow } from '../sign-in/sign-in-flow.ts'
import type { SessionStore } from '../store/sign-in/session-store.ts'
import type { ThreadDesk } from '../threads/thread-desk.ts'
import type { WriteAccess } from '../write-back/write-access.ts'
import { requireSession } from './authenticate.ts'
import { OwnCookie } from './cookies.ts'
import { errorHandler, nothingHere } from './error-handler.ts'
import { requireOwnPage } from './middleware/own-page.ts'
import { readJson } from './middleware/read-json.ts'
import { requestId, requestLog } from './middleware/request-log.ts'
import { consoleHeaders } from './middleware/security-headers.ts'
import { builtFiles, sendPage } from './middleware/static-files.ts'
import type { RuleDesk } from '../rules/desk.ts'
import type {
  EmailDesk,
  ExplainToPeopleDesk,
  LiveBus,
  MailboxControls,
  MailboxDesk,
  ReadingDesk,
  StatementDesk,
} from '../crm/ports.ts'
import { limitRate, type RateLimiter } from './rate/rate-limit.ts'
import { addinEmailRoutes } from './routes/addin-emails.ts'
import { paneRoutes } from './routes/pane/pane.ts'
import { attachmentRoutes } from './routes/attachments.ts'
import { auditRoutes } from './routes/service/audit.ts'
import { authRoutes } from './routes/auth.ts'
import {
  diagnosticsRoutes,
  findingRoutes,
  type DiagnosticsDesks,
} from './routes/service/diagnostics.ts'
import { allContactRoutes } from './routes/contacts/all.ts'
import { emailRoutes } from './routes/emails.ts'
import { disconnectRoutes, retentionRoutes, workspaceRoutes } from './routes/ending.ts'
import { eventRoutes } from './routes/events.ts'
import { followUpRoutes } from './routes/contacts/follow-up.ts'
import { healthRoutes } from './routes/service/health.ts'
import { mailboxRoutes } from './routes/mailboxes.ts'
import { memberRoutes } from './routes/service/members.ts'
import { peopleRoutes, type PeopleRouteParts } from './routes/people.ts'
import { openApiRoutes } from './routes/service/openapi.ts'
import { emailExplainRoutes, proofRoutes, statementKeyRoutes } from './routes/proof.ts'
import { readingRoutes } from './routes/reading.ts'
import { mailboxRuleRoutes, usageRoutes, workspaceRuleRoutes } from './routes/rules.ts'
import { sessionRoutes } from './routes/service/session.ts'
import { settingsRoutes } from './routes/service/settings.ts'
import { threadRoutes } from './routes/threads.ts'

type FurtherDesks = PeopleRouteParts & DiagnosticsDesks

export type AppParts = FurtherDesks & {
  config: Config
  clock: Clock
  log: Logger
  /** Rejects when the service cannot do its work. */
  ready: () => Promise<void>
  /** Told when a request failed because the database did not answer. */
  onStoreDown: () => void
  /** Below `/webhooks/graph`: reads its own bodies. */
  notifications: Router
  /** For those who run the service: metrics. */
  operations: Router
  entra: Entra
  signIn: SignInFlow
  writeAccess: Pick<WriteAccess, 'isWanted'>
  apiTokens: ApiTokens
  sessions: SessionStore
  mailboxes: MailboxDesk
  mailboxControl: MailboxControls
  emails: EmailDesk
  paneDesk: PaneDesk
  composeDesk: ComposeDesk
  keepOut: KeepOut
  reading: ReadingDesk
  attachments: AttachmentDesk
  threadDesk: Pick<ThreadDesk, 'page'>
  contactDesks: ContactDesks
  followUpDesks: FollowUpDesks
  rules: RuleDesk
  endingDesk: EndingDesk
  members: Members
  live: LiveBus
  audit: Audit
  auditDesk: AuditReader
  rateLimiter: RateLimiter
  statements: StatementDesk
  explainToPeople: ExplainToPeopleDesk
  /** Ends what would go on for ever. */
  stopping: AbortSignal
  /** Where the console's build is. */
  consoleFolder: string
}

/** The service over HTTP, in the order in which a request meets it. */
export function createApp(parts: AppParts): Express {
  const { config, log } = parts
  const app = bareApp()
  app.use(requestId, requestLog(log, parts.clock))
  app.use('/webhooks/graph', parts.notifications) // no page: what its answers need, they set themselves
  app.use(consoleHeaders(config))
  app.use(parts.operations, healthRoutes(parts), settingsRoutes(parts), statementKeyRoutes(parts))
  app.use(openApiRoutes(config))
  app.use('/api/v1/emails', addinEmailRoutes({ ...parts, addinUrl: config.addinUrl }))
  app.use('/api/v1/addin', paneRoutes({ ...parts, addinUrl: config.addinUrl }))
  app.use(consoleRoutes(parts))
  app.use(consolePages(parts))
  app.use(nothingHere, errorHandler(log, parts.onStoreDown))
  return app
}

/** Express without what it tells of itself; queries are flat text, so no parameter is ever an object. */
export function bareApp(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  return app
}

/** What the browser's session is for. */
function consoleRoutes(parts: AppParts): Router {
  const { config } = parts
  const sessionCookie = new OwnCookie('flowcrm-session', config)
  const attemptCookie = new OwnCookie('flowcrm-sign-in', config)
  const withSession = { ...parts, sessionCookie }

  const api = Router()
  api.use(noStore, requireSession(withSession), requireOwnPage(config.publicUrl))
  api.use(limitRate(parts.rateLimiter), readJson())
  api.use('/session', sessionRoutes(config))
  api.use('/mailboxes', mailboxRoutes(parts), proofRoutes(parts), mailboxRuleRoutes(parts))
  api.use('/mailboxes', disconnectRoutes(parts), diagnosticsRoutes(parts))
  api.use('/health', findingRoutes(parts))
  api.use('/rules', workspaceRuleRoutes(parts), retentionRoutes(parts))
  api.use('/workspace', workspaceRoutes(parts))
  api.use('/usage', usageRoutes(parts))
  api.use('/emails', emailRoutes(parts), readingRoutes(parts), attachmentRoutes(parts))
  api.use('/emails', emailExplainRoutes(parts))
  api.use('/threads', threadRoutes(parts))
  api.use(allContactRoutes(parts), followUpRoutes(parts))
  api.use('/audit', auditRoutes(parts))
  api.use('/people', peopleRoutes(parts))
  api.use('/members', memberRoutes(parts))
  api.use('/events', eventRoutes(withSession))

  const router = Router()
  router.use(
    '/auth',
    noStore,
    authRoutes({ ...withSession, attemptCookie, publicUrl: config.publicUrl }),
  )
  router.use('/api/v1', api)
  return router
}

const noStore: express.RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

/** The console's files; every other path of a page is the console's own to understand. */
function consolePages({ consoleFolder }: AppParts): Router {
  const router = Router()
  router.use(builtFiles(consoleFolder))
  router.get(/^\/(?!api\/|auth\/|webhooks\/)[^.]*$/, (_request, response) =>
    sendPage(response, { folder: consoleFolder, name: 'index.html' }),
  )
  return router
}
