import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { Router, type Express } from 'express'
import type { Config, Secrets } from './config/config.ts'
import { createContext, type AppContext, type Overrides, type StartPatience } from './context.ts'
import { SECOND } from './duration.ts'
import { NotReadyError } from './errors.ts'
import { createAddinApp } from './http/addin-app.ts'
import { createApp } from './http/app.ts'
import { acknowledgement } from './http/middleware/acknowledgement.ts'
import { turnAway } from './http/middleware/turn-away.ts'
import { metricsRoutes } from './http/routes/service/metrics.ts'
import { notificationRoutes } from './http/routes/service/notifications.ts'
import { Work } from './instances/work.ts'

/** Slow senders are cut off, so that none holds a socket for longer than 15 s (reliability I1): found at the next look. */
const HEADERS_WITHIN_MS = 10 * SECOND
const REQUEST_WITHIN_MS = 12 * SECOND
const LOOK_EVERY_MS = SECOND
/** Longer than load balancers keep idle connections (60 s is usual): who closes first must not be us, in the middle of a request. */
const IDLE_MS = 75 * SECOND
/** Running requests get this long to finish when the service stops. */
const DRAIN_MS = 5 * SECOND

/**
 * The whole service. `create` opens the database, `start` listens and works, `stop` gives work back, lets running requests
 * finish and closes; after that nothing of it runs.
 */
export class Service implements AsyncDisposable {
  private readonly stopping = new AbortController()
  /** What listens: console and notifications, then the add-in. */
  readonly servers: Server[] = []
  private work: Work | null = null

  private constructor(readonly context: AppContext) {}

  /** Fails at once when the database is down; with `patience`, when that has run out. */
  static async create(
    settings: { config: Config; secrets: Secrets },
    overrides: Overrides = {},
    patience?: StartPatience,
  ): Promise<Service> {
    return new Service(await createContext(settings, overrides, patience))
  }

  /** Listens on both ports, then starts the workers: Graph's handshake must find somebody who answers. */
  async start(): Promise<void> {
    const { config, events } = this.context
    const { receiver } = this.context
    const onTurnedAway = () => events.acknowledged({ status: 503, ms: 0 })
    const app = turnAway({ receiver, onTurnedAway }, this.consoleApp())
    const port = await this.listen(app, config.http.port)
    const addinPort = await this.listen(this.addinApp(), config.http.addinPort)
    this.work = new Work(this.context, this.stopping.signal)
    events.started({ port, addinPort })
  }

  async stop(): Promise<void> {
    const { announcer, cleaner, clock, config, db, events, metrics, neighbours } = this.context
    events.stopping()
    this.stopping.abort()
    // Still answering, so that whoever spreads requests over instances sees in time that this one leaves.
    if (config.http.leaveMs > 0) await clock.sleep(config.http.leaveMs)
    await Promise.all(this.servers.splice(0).map(close))
    await this.work?.ended()
    await announcer.idle()
    await neighbours.idle()
    await cleaner.close()
    await db.close()
    metrics.close()
    events.stopped()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  /** Rejects when a notification could not be taken, or a folder that falls due would find nobody. */
  private async ready(): Promise<void> {
    if (this.stopping.signal.aborted || !this.work?.isGoingOn)
      throw new NotReadyError('This instance does not take work.')
    await this.context.db.db?.admin().ping()
  }

  /** What the first port answers with. */
  consoleApp(): Express {
    const { context } = this
    const { clock, config, events } = context
    return createApp({
      ...context,
      ready: () => this.ready(),
      onStoreDown: () => events.storeFailed({ where: 'request' }),
      notifications: Router().use(
        acknowledgement(clock, events.acknowledged),
        notificationRoutes(context.receiver),
      ),
      operations: metricsRoutes({ ...context, reconcileMs: config.sync.reconcileMs }),
      mailboxes: context.auditedMailboxes,
      mailboxControl: context.auditedMailboxes,
      emails: context.emailDesk,
      reading: context.readingDesk,
      attachments: context.attachmentDesk,
      live: context.neighbours,
      stopping: this.stopping.signal,
      consoleFolder: resolve('dist/console'),
    })
  }

  private addinApp(): RequestListener {
    return createAddinApp({ ...this.context, addinFolder: resolve('dist/addin') })
  }

  private async listen(app: RequestListener, port: number): Promise<number> {
    const server = createServer(
      {
        headersTimeout: HEADERS_WITHIN_MS,
        requestTimeout: REQUEST_WITHIN_MS,
        keepAliveTimeout: IDLE_MS,
        connectionsCheckingInterval: LOOK_EVERY_MS,
      },
      (request, response) => {
        if (this.stopping.signal.aborted) response.shouldKeepAlive = false
        app(request, response)
      },
    )
    this.servers.push(server)
    await new Promise<void>((listening, failed) => {
      server.once('error', failed).listen(port, this.context.config.http.host, listening)
    })
    return (server.address() as AddressInfo).port
  }
}

/** No new requests; running ones finish, or are cut off when they take too long. */
function close(server: Server): Promise<void> {
  const patience = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  return new Promise((closed) => {
    server.close(() => {
      clearTimeout(patience)
      closed()
    })
    server.closeIdleConnections()
  })
}
