import type { ChildProcess } from 'node:child_process'
import { realClock } from '../../webhook/clock.ts'
import { readConfig } from '../../webhook/config/config.ts'
import { Service } from '../../webhook/service.ts'
import { Browserless } from '../../sandbox/browserless.ts'
import { Microsoft } from '../../sandbox/microsoft.ts'
import { lineOf, startProcess, stopProcess } from '../../sandbox/processes.ts'
import { serviceEnvironment } from '../../sandbox/service-environment.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { freePort, quickKnobs } from '../../sandbox/world.ts'
import { patience } from '../../sandbox/database/patience.ts'
import { kill } from './killable-world.ts'
import { LoadBalancer } from './load-balancer.ts'
import { bundled } from './programs.ts'
import { eventually, mailboxOf, watch } from './world.ts'

const ALICE = people.alice.mail

type Running = { process?: ChildProcess; stop: () => Promise<void> }

/** Several instances of the service behind a load balancer; one database, one Microsoft 365. */
export class BalancedWorld implements AsyncDisposable {
  private readonly instances: (Running & { url: string })[] = []
  private delivered = 0

  private constructor(
    readonly microsoft: Microsoft,
    private readonly balancer: LoadBalancer,
    readonly environment: Record<string, string>,
  ) {}

  static async start(mongodbUrl: string, more: Record<string, string>): Promise<BalancedWorld> {
    const balancer = await LoadBalancer.start()
    const microsoft = await Microsoft.start({
      ...{ clock: realClock, seed: 1, knobs: quickKnobs },
      ...{ serviceUrl: balancer.url, addinUrl: 'http://localhost:1' },
    })
    const environment = serviceEnvironment({
      ...{ port: 0, addinPort: 0, mongodbUrl, microsoft },
      more: {
        ...{ PUBLIC_URL: balancer.url, ADDIN_URL: 'http://localhost:1' },
        ...{ LOG_LEVEL: 'silent', SYNC_LEASE_SECONDS: '2', SYNC_COALESCE_MS: '50' },
        ...more,
      },
    })
    return new BalancedWorld(microsoft, balancer, environment)
  }

  /** In this process, or as one of its own, which can be killed. */
  async startInstance({ asProcess = false } = {}): Promise<void> {
    const [port, addinPort] = await Promise.all([freePort(), freePort()])
    const env = { ...this.environment, PORT: String(port), ADDIN_PORT: String(addinPort) }
    const running = asProcess ? await startAsProcess(env) : await startHere(env)
    const url = `http://localhost:${port}`
    this.instances.push({ ...running, url })
    await this.balancer.add(url)
  }

  /** Tells the one that has run longest to stop; the answer is how long it took. */
  async stopOldest(): Promise<number> {
    const began = performance.now()
    const oldest = this.instances.shift()!
    await oldest.stop()
    this.balancer.remove(oldest.url)
    return performance.now() - began
  }

  /** SIGKILL to the one that has run longest, which must be a process. */
  async killOldest(): Promise<void> {
    const oldest = this.instances.shift()!
    await kill(oldest.process!)
    this.balancer.remove(oldest.url)
  }

  /** Alice signs in, connects her mailbox and watches her Inbox; the light is green. */
  async aliceWatchesHerInbox(): Promise<Browserless> {
    const browser = await new Browserless(this.balancer.url, this.microsoft.issuer).signIn('alice')
    await browser.visit('/auth/connect', 'alice')
    await watch(browser, (await mailboxOf(browser)).id, ['Inbox'])
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
    return browser
  }

  /** So many mails arrive in Alice's Inbox, one after the other. */
  async deliver(mails: number, everyMs = 20): Promise<void> {
    for (let sent = 0; sent < mails; sent++) {
      const index = this.delivered++
      await this.microsoft.graph.mailboxes.deliver(ALICE, {
        mime: () => bulkMime(index, ALICE, new Date()),
      })
      await new Promise((soon) => setTimeout(soon, everyMs))
    }
  }

  get deliveredMails(): number {
    return this.delivered
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.instances.map(({ stop }) => stop()))
    await this.balancer[Symbol.asyncDispose]()
    await this.microsoft[Symbol.asyncDispose]()
  }
}

async function startHere(env: Record<string, string>): Promise<Running> {
  const service = await Service.create(readConfig(env), {}, patience())
  await service.start()
  return { stop: () => service.stop() }
}

async function startAsProcess(env: Record<string, string>): Promise<Running> {
  const process = startProcess(await bundled('webhook/main.ts'), {
    env: { ...env, LOG_LEVEL: 'info' },
  })
  await lineOf(process, /the service is up/)
  return { process, stop: () => stopProcess(process) }
}
