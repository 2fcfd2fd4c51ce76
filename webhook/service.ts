import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import type { Config, Secrets } from './config/config.ts'
import { createContext, type AppContext, type Overrides } from './context.ts'
import { SECOND } from './duration.ts'
import { createAddinApp } from './http/addin-app.ts'
import { createApp } from './http/app.ts'
import { notificationRoutes } from './http/routes/notifications.ts'
import { runWorker } from './queue/worker.ts'
import { runHousekeeping } from './sync/housekeeping.ts'
import { runFolder } from './sync/run-folder.ts'

/** Slow senders are cut off, so that they cannot hold sockets (reliability I1). */
const HEADERS_WITHIN_MS = 10 * SECOND
const REQUEST_WITHIN_MS = 15 * SECOND
/** Running requests get this long to finish when the service stops. */
const DRAIN_MS = 5 * SECOND

/**
 * The whole service. `create` opens the database, `start` listens and works, `stop` refuses new requests, lets running
 * ones finish, gives work back and closes; after that nothing of it runs.
 */
export class Service implements AsyncDisposable {
  private readonly stopping = new AbortController()
  private readonly servers: Server[] = []
  private loops: Promise<void>[] = []

  private constructor(readonly context: AppContext) {}

  static async create(
    { config, secrets }: { config: Config; secrets: Secrets },
    overrides: Overrides = {},
  ): Promise<Service> {
    return new Service(await createContext(config, secrets, overrides))
  }

  /** Listens on both ports, then starts the workers: Graph's handshake must find somebody who answers. */
  async start(): Promise<void> {
    const { config, clock, events } = this.context
    const port = await this.listen(this.consoleApp(), config.http.port)
    const addinPort = await this.listen(this.addinApp(), config.http.addinPort)
    const { signal } = this.stopping
    const work = {
      ...this.context,
      pollMs: config.sync.pollMs,
      runOne: this.runOne,
      onError: events.workerFailed,
    }
    this.loops = Array.from({ length: config.sync.workers }, () => runWorker(work, signal))
    const chores = [
      (stop: AbortSignal) => this.context.subscriptions.renewDue(stop),
      () => this.context.sessions.sweepExpired(),
    ]
    this.loops.push(runHousekeeping({ chores, clock, onError: events.housekeepingFailed }, signal))
    events.started({ port, addinPort })
  }

  async stop(): Promise<void> {
    const closed = this.servers.splice(0).map(close)
    this.stopping.abort()
    await Promise.all(closed)
    await Promise.all(this.loops.splice(0))
    await this.context.announcer.idle()
    await this.context.db.close()
    this.context.events.stopped()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  private readonly runOne = (claimed: Parameters<typeof runFolder>[1], signal: AbortSignal) => {
    const { context } = this
    const { announcer, events, config } = context
    return runFolder(
      {
        ...context,
        pageSize: config.sync.pageSize,
        safetyPollMs: config.sync.safetyPollMs,
        onApplied: (page) => {
          events.pageApplied({ mailboxId: page.mailbox._id, newEmails: page.newEmailIds.length })
          announcer.stored(page)
        },
        onMailboxChanged: (mailboxId) => announcer.mailboxChanged(mailboxId),
        onFailed: events.folderFailed,
      },
      claimed,
      signal,
    )
  }

  private consoleApp(): RequestListener {
    const { context } = this
    return createApp({
      ...context,
      ping: async () => void (await context.db.db?.admin().ping()),
      notifications: notificationRoutes({
        ...context,
        onRefused: context.events.notificationRefused,
      }),
      mailboxes: context.mailboxDesk,
      emails: context.emailDesk,
      live: context.bus,
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
        connectionsCheckingInterval: 2 * SECOND,
      },
      app,
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
