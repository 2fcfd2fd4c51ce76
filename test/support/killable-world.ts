import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { realClock } from '../../webhook/clock.ts'
import { Browserless } from '../../sandbox/browserless.ts'
import { Microsoft } from '../../sandbox/microsoft.ts'
import { lineOf, startProcess, stopProcess } from '../../sandbox/processes.ts'
import { serviceEnvironment } from '../../sandbox/service-environment.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { freePort, quickKnobs } from '../../sandbox/world.ts'
import { bundled } from './programs.ts'
import { emailsOf, eventually, mailboxOf, watch } from './world.ts'

/** The service as a process of its own, to be killed without warning; Microsoft 365 lives on. */
export class KillableWorld implements AsyncDisposable {
  private readonly others: ChildProcess[] = []

  private constructor(
    readonly microsoft: Microsoft,
    readonly serviceUrl: string,
    private readonly environment: Record<string, string>,
    private service: ChildProcess,
  ) {}

  static async start(
    mongodbUrl: string,
    more: Record<string, string> = {},
  ): Promise<KillableWorld> {
    const [port, addinPort] = await Promise.all([freePort(), freePort()])
    const serviceUrl = `http://localhost:${port}`
    const addinUrl = `http://localhost:${addinPort}`
    const options = { clock: realClock, seed: 1, knobs: quickKnobs }
    const microsoft = await Microsoft.start({ ...options, serviceUrl, addinUrl })
    const environment = serviceEnvironment({
      ...{ port, addinPort, mongodbUrl, microsoft },
      more: { LOG_LEVEL: 'info', SYNC_LEASE_SECONDS: '2', SYNC_COALESCE_MS: '50', ...more },
    })
    return new KillableWorld(microsoft, serviceUrl, environment, await startService(environment))
  }

  browser(): Browserless {
    return new Browserless(this.serviceUrl, this.microsoft.issuer)
  }

  /** `kill -9`: no farewell, no flush. */
  async killService(): Promise<void> {
    await kill(this.service)
  }

  /** SIGSTOP: it stands still in the middle of whatever it does, and does not know. */
  freezeService(): void {
    this.service.kill('SIGSTOP')
  }

  thawService(): void {
    this.service.kill('SIGCONT')
  }

  /** Another instance on ports of its own; stops with the world. */
  async startAnotherService(): Promise<void> {
    this.others.push(await startService({ ...this.environment, PORT: '0', ADDIN_PORT: '0' }))
  }

  /** Asked to end; the exit code says how it went. */
  async stopService(): Promise<number | null> {
    await stopProcess(this.service)
    return this.service.exitCode
  }

  async startServiceAgain(): Promise<void> {
    this.service = await startService(this.environment)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.thawService() // who stands still does not hear that it is to end
    await Promise.all([this.service, ...this.others].map(stopProcess))
    await this.microsoft[Symbol.asyncDispose]()
  }
}

/** Alice connects a full Inbox over a slow line, and we stand by while the first mails come in. */
export async function startSlowBackfill(world: KillableWorld, mails: number): Promise<Browserless> {
  const { graph } = world.microsoft
  const alice = people.alice.mail
  for (let index = 0; index < mails; index++)
    await graph.mailboxes.deliver(alice, { mime: () => bulkMime(index, alice, new Date()) })
  const browser = await world.browser().signIn('alice')
  await browser.visit('/auth/connect', 'alice')
  const { id } = await mailboxOf(browser)
  graph.desk.slowDown(400)
  await watch(browser, id, ['Inbox'])
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total >= 100,
  )
  return browser
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function startService(env: Record<string, string>): Promise<ChildProcess> {
  const service = startProcess(await bundled('webhook/main.ts'), { env })
  await lineOf(service, /the service is up/)
  return service
}
