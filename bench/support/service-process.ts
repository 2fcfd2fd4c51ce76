import type { ChildProcess } from 'node:child_process'
import { Browserless } from '../../sandbox/browserless.ts'
import { Microsoft } from '../../sandbox/microsoft.ts'
import { lineOf, startProcess, stopProcess } from '../../sandbox/processes.ts'
import { serviceEnvironment } from '../../sandbox/service-environment.ts'
import { freePort, quickKnobs } from '../../sandbox/world.ts'
import { realClock } from '../../webhook/clock.ts'
import { kill } from './database-process.ts'

/** The settings of production, where the sandbox's are livelier. */
export const asInProduction = { SYNC_COALESCE_MS: '500' }

/** The service in a process of its own; Microsoft 365 lives in ours, the database in a third. */
export class ServiceProcess implements AsyncDisposable {
  private constructor(
    readonly microsoft: Microsoft,
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(
    mongodbUrl: string,
    more: Record<string, string> = {},
  ): Promise<ServiceProcess> {
    const [port, addinPort] = await Promise.all([freePort(), freePort()])
    const serviceUrl = `http://localhost:${port}`
    const addinUrl = `http://localhost:${addinPort}`
    const microsoft = await Microsoft.start({
      ...{ clock: realClock, seed: 1, serviceUrl, addinUrl },
      knobs: { ...quickKnobs, http: { throttling: false } },
    })
    const env = serviceEnvironment({
      ...{ port, addinPort, mongodbUrl, microsoft },
      more: { LOG_LEVEL: 'info', ...asInProduction, ...more },
    })
    const child = startProcess('webhook/main.ts', { env })
    await lineOf(child, /the service is up/)
    child.stdout?.resume()
    return new ServiceProcess(microsoft, serviceUrl, child)
  }

  get graph() {
    return this.microsoft.graph
  }

  get pid(): number {
    return this.child.pid ?? NaN
  }

  browser(): Browserless {
    return new Browserless(this.url, this.microsoft.issuer)
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await kill(this.child)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopProcess(this.child)
    await this.microsoft[Symbol.asyncDispose]()
  }
}
