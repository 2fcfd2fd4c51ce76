import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { realClock, type Clock } from '../webhook/clock.ts'
import { readConfig } from '../webhook/config/config.ts'
import { Service } from '../webhook/service.ts'
import { Browserless } from './browserless.ts'
import { patience } from './database/patience.ts'
import type { KnobChanges } from './graph/knobs.ts'
import { Microsoft } from './microsoft.ts'
import { serviceEnvironment } from './service-environment.ts'
import type { PersonKey } from './sign-in/directory.ts'

export type WorldOptions = {
  /** A database of the world's own. */
  mongodbUrl: string
  clock?: Clock
  seed?: number
  knobs?: KnobChanges
  /** Further variables for the service. */
  environment?: Record<string, string>
  /** What else of the service is replaced. */
  overrides?: Parameters<typeof Service.create>[1]
}

/** FlowCRM and everything around it in one process, on free ports: for stories told from end to end. */
export class World implements AsyncDisposable {
  private constructor(
    readonly microsoft: Microsoft,
    readonly service: Service,
    /** What the service was started with. */
    readonly environment: Record<string, string>,
  ) {}

  static async start(options: WorldOptions): Promise<World> {
    const { mongodbUrl, clock = realClock, seed = 1, knobs = quickKnobs } = options
    const [port, addinPort] = await Promise.all([freePort(), freePort()])
    const serviceUrl = `http://localhost:${port}`
    const addinUrl = `http://localhost:${addinPort}`
    const microsoft = await Microsoft.start({ clock, seed, serviceUrl, addinUrl, knobs })
    const environment = serviceEnvironment({
      ...{ port, addinPort, mongodbUrl, microsoft },
      more: {
        SYNC_COALESCE_MS: '50',
        SYNC_POLL_MS: '20',
        LOG_LEVEL: 'silent',
        ...options.environment,
      },
    })
    const overrides = { clock, ...options.overrides }
    const service = await Service.create(readConfig(environment), overrides, patience())
    await service.start()
    return new World(microsoft, service, environment)
  }

  get serviceUrl(): string {
    return this.environment['PUBLIC_URL'] ?? ''
  }

  get addinUrl(): string {
    return this.environment['ADDIN_URL'] ?? ''
  }

  get graph() {
    return this.microsoft.graph
  }

  /** A signed-in person's console, without a window. */
  signIn(person: PersonKey): Promise<Browserless> {
    return new Browserless(this.serviceUrl, this.microsoft.issuer).signIn(person)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.stop()
    await this.microsoft[Symbol.asyncDispose]()
  }
}

/** Notifications come at once, so that stories take no time; everything else is as Graph documents it. */
export const quickKnobs: KnobChanges = {
  delivery: { minLatencyMs: 1, maxLatencyMs: 20, batchWindowMs: 5 },
}

/** Below those that systems hand out by themselves (from 32768 on), and without one that browsers refuse. */
const PORTS = { from: 11_000, to: 21_000 }

/** A loopback port that nobody listens on right now, and that no connection is given by chance before somebody does. */
export async function freePort(): Promise<number> {
  const port = randomInt(PORTS.from, PORTS.to)
  const server = createServer().listen(port, 'localhost')
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('listening', () => resolve(true))
    server.once('error', () => resolve(false))
  })
  if (!isFree) return freePort()
  await new Promise((closed) => server.close(closed))
  return port
}
