import { MongoClient } from 'mongodb'
import { Browserless } from '../../sandbox/browserless.ts'
import { Microsoft } from '../../sandbox/microsoft.ts'
import { Random } from '../../sandbox/random.ts'
import { serviceEnvironment } from '../../sandbox/service-environment.ts'
import { tenants } from '../../sandbox/sign-in/directory.ts'
import { freePort, quickKnobs } from '../../sandbox/world.ts'
import { realClock } from '../../webhook/clock.ts'
import { crashPoints } from '../../webhook/crash-points.ts'
import { brokenPromises } from '../checker/check.ts'
import { CursorHistory } from '../checker/cursor-history.ts'
import { truthOf } from '../checker/truth.ts'
import { watchCursors } from './cursor-watch.ts'
import { Office } from './office.ts'
import type { StoreProcess } from './store-process.ts'
import { Tally } from './tally.ts'
import { pause, Victim } from './victim.ts'

export type TortureOptions = {
  kills: number
  seed: number
  bundle: string
  store: StoreProcess
  /** Told after each kill. */
  onKill: (done: number) => void
}

const LEASE_MS = 1_000
/** A bomb that has not gone off by then is helped. */
const FUSE_MS = 5_000
/** Every so many rounds the store is killed too, and every so many a process is stopped beyond its lease. */
const STORE_EVERY = 12
const STOP_EVERY = 20
const WHOLE_AGAIN_MS = 120_000

/** Kills the service again and again while people work, and asks the checker when all is quiet. */
export async function torture(
  options: TortureOptions,
): Promise<{ tally: Tally; broken: string[] }> {
  await using chamber = await Chamber.open(options)
  for (let done = 0; done < options.kills; done++) {
    await chamber.round(done + 1)
    options.onKill(done + 1)
  }
  return { tally: chamber.tally, broken: await chamber.verdict() }
}

class Chamber implements AsyncDisposable {
  readonly tally = new Tally()
  private readonly cursors = new CursorHistory()
  private readonly random: Random
  private readonly watching = new AbortController()
  private readonly office: Office
  private standBy: Victim
  private victim: Victim | null = null

  private constructor(
    private readonly options: TortureOptions,
    private readonly microsoft: Microsoft,
    private readonly environment: Record<string, string>,
    private readonly client: MongoClient,
  ) {
    this.random = new Random(options.seed)
    const admin = new Browserless(environment['PUBLIC_URL'] ?? '', microsoft.issuer)
    this.office = new Office({ microsoft, admin, random: this.random })
    this.standBy = Victim.standBy(options.bundle)
    const { dispatcher } = microsoft.graph
    watchCursors({ dispatcher, client, cursors: this.cursors, signal: this.watching.signal })
  }

  static async open(options: TortureOptions): Promise<Chamber> {
    const [port, addinPort] = await Promise.all([freePort(), freePort()])
    const microsoft = await Microsoft.start({
      clock: realClock,
      seed: options.seed,
      knobs: { ...quickKnobs, mail: { deltaDuplicates: 0.1, deltaEmptyPages: 0.05 } },
      serviceUrl: `http://localhost:${port}`,
      addinUrl: `http://localhost:${addinPort}`,
    })
    const { url: mongodbUrl } = options.store
    const environment = serviceEnvironment({ port, addinPort, mongodbUrl, microsoft, more: QUICK })
    const client = await MongoClient.connect(mongodbUrl)
    const chamber = new Chamber(options, microsoft, environment, client)
    await chamber.start(null)
    await chamber.office.open()
    await chamber.victim?.kill()
    return chamber
  }

  async round(number: number): Promise<void> {
    const bomb = this.random.chance(0.5) ? this.nextBomb() : null
    await this.start(bomb)
    const busy = new AbortController()
    const work = this.keepBusy(busy.signal)
    if (bomb) await this.office.provoke(bomb.point)
    if (number % STOP_EVERY === 0) await this.stopBeyondLease()
    if (number % STORE_EVERY === 0 && this.options.store.canBeKilled) {
      await this.options.store.killAndRestart()
      this.tally.stores++
    }
    const fuseMs = bomb ? FUSE_MS : this.random.between(30, 900)
    await this.victim?.deadWithin(fuseMs)
    await this.victim?.kill()
    this.tally.killed(this.victim?.diedAt ?? null)
    busy.abort()
    await work
    this.office.calmDown()
  }

  /** Lets it live, until all is well or time is up; then says what is broken. */
  async verdict(): Promise<string[]> {
    await this.start(null)
    await this.office.watchEverything()
    const until = Date.now() + WHOLE_AGAIN_MS
    for (;;) {
      await this.office.reconcile()
      await pause(2_000)
      const truth = truthOf(this.microsoft.graph.mailboxes)
      const found = await brokenPromises(this.client.db(), {
        truth,
        workspaceId: tenants.contoso.id,
      })
      const broken = [...found, ...this.cursors.faults]
      if (broken.length === 0 || Date.now() > until) return broken
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.watching.abort()
    await this.victim?.kill()
    await this.standBy.kill()
    await this.client.close()
    await this.microsoft[Symbol.asyncDispose]()
  }

  private async start(bomb: { point: string; visits: number } | null): Promise<void> {
    this.victim = this.standBy
    this.standBy = Victim.standBy(this.options.bundle)
    await this.victim.start({ environment: this.environment, bomb })
  }

  /** SIGSTOP in mid-work, while another process takes the folders over; then SIGCONT: nothing stale may be written. */
  private async stopBeyondLease(): Promise<void> {
    const { victim: stopped } = this
    if (!stopped?.isAlive) return
    stopped.stop()
    const elsewhere = { PORT: '0', ADDIN_PORT: '0' }
    const other = this.standBy
    this.standBy = Victim.standBy(this.options.bundle)
    await other.start({ environment: { ...this.environment, ...elsewhere }, bomb: null })
    await pause(2 * LEASE_MS)
    stopped.goOn()
    await pause(300)
    await other.kill()
    this.tally.stopped++
  }

  /** The point met least often so far, so that each has its turn. */
  private nextBomb() {
    const point = this.tally.leastMet(this.random.shuffle(crashPoints))
    return { point, visits: this.random.between(1, 2) }
  }

  private async keepBusy(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.office.work()
      await pause(this.random.between(40, 160))
    }
  }
}

const QUICK = {
  LOG_LEVEL: 'silent',
  SYNC_POLL_MS: '20',
  SYNC_COALESCE_MS: '20',
  SYNC_LEASE_SECONDS: String(LEASE_MS / 1_000),
  SYNC_PAGE_SIZE: '10',
  SYNC_PAGE_SIZE_MIN: '5',
  SYNC_PAGE_SIZE_MAX: '50',
  HOUSEKEEPING_SECONDS: '1',
}
