import { MongoClient } from 'mongodb'
import { Browserless } from '../../sandbox/browserless.ts'
import { Microsoft } from '../../sandbox/microsoft.ts'
import { Random } from '../../sandbox/random.ts'
import { serviceEnvironment } from '../../sandbox/service-environment.ts'
import { tenants } from '../../sandbox/sign-in/directory.ts'
import { freePort, quickKnobs } from '../../sandbox/world.ts'
import { realClock } from '../../webhook/clock.ts'
import { crashPoints, type CrashPoint } from '../../webhook/crash-points.ts'
import type { WorkDoc } from '../checker/archive-view.ts'
import { brokenPromises } from '../checker/check.ts'
import { CursorHistory } from '../checker/cursor-history.ts'
import { short, type EntryDoc, type FolderDoc } from '../checker/store-view.ts'
import { truthOf } from '../checker/truth.ts'
import type { Programs } from './bundle.ts'
import { watchCursors } from './cursor-watch.ts'
import { BOTH_WAYS, Office } from './office.ts'
import type { Bomb } from './service-under-torture.ts'
import type { StoreProcess } from './store-process.ts'
import type { Tally } from './tally.ts'
import { pause, Victim } from './victim.ts'

const LEASE_MS = 1_000
/** A bomb that has not gone off by then does not count; its point has its turn again later. */
const FUSE_MS = 4_000
/** Every so many rounds the store is killed too, and every so many a process stops beyond its lease. */
const STORE_EVERY = 12
const STOP_EVERY = 20
/** A subscription that was renewed just now is not renewed again within a minute. */
const SETTLED_MS = 70_000
/** So long without anything mended, and it is not mending any more, however slow the machine is. */
const STUCK_MS = 100_000
/** What failed again and again while things broke is tried again later and later: waited for so long at most. */
const NEXT_TRY_WITHIN_MS = 240_000
/** What was asked for is done by then, or asked for again. */
const REST_WITHIN_MS = 60_000
/** All this runs in one process, which reads thousands of mails at a time: an answer may have to wait for that. */
const PATIENT = { connectTimeoutMS: 300_000, serverSelectionTimeoutMS: 300_000 }
const LOST = /^(lost|twice|surplus|back)/

export type ChamberOptions = { programs: Programs; store: StoreProcess; seed: number; tally: Tally }

/** One world in which the service is killed again and again while people work. */
export class Chamber implements AsyncDisposable {
  private readonly cursors = new CursorHistory()
  private readonly random: Random
  private readonly watching = new AbortController()
  private readonly office: Office
  private readonly forgotten = new Set<string>()
  private readonly openedAt = Date.now()
  private rounds = 0
  private standBy: Victim
  private victim: Victim | null = null

  private constructor(
    private readonly options: ChamberOptions,
    private readonly microsoft: Microsoft,
    private readonly environment: Record<string, string>,
  ) {
    this.random = new Random(options.seed)
    const admin = new Browserless(environment['PUBLIC_URL'] ?? '', microsoft.issuer)
    const loseAccount = async () => {
      await using client = await MongoClient.connect(options.store.url)
      const entries = client.db().collection<{ messageId: string; state: string }>('ledgerEntries')
      const entry = await entries.findOne({ state: 'stored' })
      if (!entry) return
      this.forgotten.add(entry.messageId)
      await entries.deleteOne({ _id: entry._id })
    }
    this.office = new Office({ microsoft, admin, random: this.random, loseAccount })
    this.standBy = Victim.standBy(options.programs)
    const { dispatcher } = microsoft.graph
    const { cursors, watching } = this
    const { url: mongodbUrl } = options.store
    watchCursors({ dispatcher, mongodbUrl, cursors, signal: watching.signal })
  }

  static async open(options: ChamberOptions): Promise<Chamber> {
    const [port, addinPort] = await Promise.all([freePort(), freePort()])
    const microsoft = await Microsoft.start({
      clock: realClock,
      seed: options.seed,
      knobs: {
        delivery: { ...quickKnobs.delivery, timeScale: 8 }, // who was dead hears of it again soon
        mail: { deltaDuplicates: 0.1, deltaEmptyPages: 0.05 },
      },
      serviceUrl: `http://localhost:${port}`,
      addinUrl: `http://localhost:${addinPort}`,
    })
    const { url: mongodbUrl } = options.store
    const environment = serviceEnvironment({ port, addinPort, mongodbUrl, microsoft, more: QUICK })
    const chamber = new Chamber(options, microsoft, environment)
    await chamber.start(null)
    if (!chamber.victim?.isAtWork) throw new Error('The service does not start.')
    await chamber.office.open()
    await chamber.victim?.kill()
    return chamber
  }

  /** One kill, at some moment or at a crash point; now and then the store dies too. */
  async round(): Promise<void> {
    this.rounds++
    const busy = new AbortController()
    const work = this.keepBusy(busy.signal)
    if (this.rounds % STOP_EVERY === 0) await this.stopBeyondLease()
    else await this.killOnce()
    if (this.rounds % STORE_EVERY === 0 && this.options.store.canBeKilled) await this.killStore()
    await this.victim?.kill()
    this.options.tally.killed(this.victim?.diedAt ?? null)
    busy.abort()
    await work
    this.office.calmDown()
    truthOf(this.microsoft.graph.mailboxes) // read piece by piece, as all at once would hold everybody up
  }

  /**
   * Lets it live, and says what is broken. First nothing but passes may bring what is missing, since a comparison would
   * mend what a crash had lost; then the ids are compared, and all must be well.
   */
  async verdict(): Promise<string[]> {
    await this.start(null)
    await this.office.watchEverything()
    const lost = await this.brokenAfter('sync', (fault) => LOST.test(fault) && !this.isOurs(fault))
    const broken = await this.brokenAfter('reconcile', () => true)
    return [...lost.map((fault) => `before any comparison: ${fault}`), ...broken]
  }

  /** What is still broken when nothing is, or when it does not become less. */
  private async brokenAfter(
    what: 'sync' | 'reconcile',
    counts: (fault: string) => boolean,
  ): Promise<string[]> {
    let fewest = Infinity
    let mendedAt = Date.now()
    const triedAt = Math.min(await this.lastTryAt(), mendedAt + NEXT_TRY_WITHIN_MS)
    for (;;) {
      await this.office.askFor(what)
      await this.untilAtRest()
      const broken = (await this.broken()).filter(counts)
      if (broken.length < fewest) mendedAt = Date.now()
      fewest = Math.min(fewest, broken.length)
      if (broken.length === 0 || Date.now() > Math.max(mendedAt, triedAt) + STUCK_MS) return broken
    }
  }

  /** When the last of the messages and attachments that are still open is tried again. */
  private async lastTryAt(): Promise<number> {
    await using client = await MongoClient.connect(this.options.store.url, PATIENT)
    const work = client.db().collection<WorkDoc>('attachmentWork')
    const [last] = await work.find({ open: true }).sort({ dueAt: -1 }).limit(1).toArray()
    const entries = client.db().collection<EntryDoc>('ledgerEntries')
    const waiting = entries.find({ state: 'pending' }).sort({ retryAt: -1 }).limit(1)
    const [latest] = await waiting.toArray()
    return Math.max(last?.dueAt.getTime() ?? 0, latest?.retryAt?.getTime() ?? 0)
  }

  /** Until no folder owes a pass. To look at all the mail meanwhile would take the machine from those who mend it. */
  private async untilAtRest(): Promise<void> {
    const until = Date.now() + REST_WITHIN_MS
    await using client = await MongoClient.connect(this.options.store.url, PATIENT)
    const watched = client.db().collection<FolderDoc>('folders')
    let owing: FolderDoc[]
    do {
      await pause(1_000)
      const folders = await watched.find({ watched: true, deletedAt: null }).toArray()
      owing = folders.filter(({ dirtySeq, doneSeq }) => dirtySeq !== doneSeq)
    } while (owing.length > 0 && Date.now() < until)
  }

  private async broken(): Promise<string[]> {
    const truth = truthOf(this.microsoft.graph.mailboxes)
    const workspaceId = tenants.contoso.id
    await using client = await MongoClient.connect(this.options.store.url, PATIENT)
    const found = await brokenPromises(client.db(), {
      ...{ truth, workspaceId, bothWays: new Set([BOTH_WAYS.mail]) },
      rootKey: Buffer.from(this.environment['ROOT_KEY'] ?? '', 'base64'),
    })
    return [...found, ...this.cursors.faults]
  }

  /** What the store was made to forget is found by a comparison only. */
  private isOurs(fault: string): boolean {
    return [...this.forgotten].some((messageId) => fault.includes(short(messageId)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.watching.abort()
    await this.victim?.kill()
    await this.standBy.kill()
    await this.microsoft[Symbol.asyncDispose]()
  }

  private async start(bomb: Bomb | null): Promise<void> {
    this.victim = this.standBy
    this.standBy = Victim.standBy(this.options.programs)
    await this.victim.start({ environment: this.environment, bomb })
  }

  /** By a bomb, or at some moment. */
  private async killOnce(): Promise<void> {
    const bomb = this.nextBomb()
    await this.start(bomb)
    if (bomb) this.office.provoke(bomb.point).catch(() => undefined) // it may be dead by now
    await this.victim?.atWorkFor(bomb ? FUSE_MS : this.random.between(10, 600))
  }

  /** Stands still in mid-work while another process takes its folders over; then goes on: nothing stale may be written. */
  private async stopBeyondLease(): Promise<void> {
    const point = this.random.pick(crashPoints.filter((name) => IN_A_PASS.test(name)))
    await this.start({ point, visits: this.random.between(1, 3), signal: 'SIGSTOP' })
    await this.victim?.atWorkFor(FUSE_MS)
    if (!this.victim?.hasStopped) return
    const stoppedAt = Date.now()
    const other = this.standBy
    this.standBy = Victim.standBy(this.options.programs)
    const elsewhere = { PORT: '0', ADDIN_PORT: '0' }
    await other.start({ environment: { ...this.environment, ...elsewhere }, bomb: null })
    await pause(Math.max(LEASE_MS, stoppedAt + 2 * LEASE_MS - Date.now()))
    this.victim.goOn()
    await pause(300)
    await other.kill()
    this.options.tally.stopped++
  }

  private async killStore(): Promise<void> {
    await this.options.store.killAndRestart()
    this.options.tally.stores++
  }

  /** Half of the time none; each point has its turn. */
  private nextBomb(): Bomb | null {
    const signal = 'SIGKILL'
    // Who dies between asking and writing down leaves a subscription that the next one finds.
    if (this.victim?.diedAt === 'subscription-granted')
      return { point: 'subscription-adopted', visits: 1, signal }
    if (this.random.chance(0.5)) return null
    const inTurn = crashPoints.filter((point) => this.isMeetable(point))
    const point = this.options.tally.leastMet(this.random.shuffle(inTurn))
    return { point, visits: IN_A_PASS.test(point) ? this.random.between(1, 2) : 1, signal }
  }

  private isMeetable(point: CrashPoint): boolean {
    if (point.startsWith('renewal')) return Date.now() > this.openedAt + SETTLED_MS
    // What is put aside is tried again after a minute, and that is to be seen.
    if (point === 'message-quarantined') return this.options.tally.progress < 0.6
    return point !== 'subscription-adopted'
  }

  private async keepBusy(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.office.work()
      await pause(this.random.between(150, 500))
    }
  }
}

/** Points that every pass with changes comes by. */
const IN_A_PASS = /^(folder-claimed|page-|emails-|ledger-|cursor-|pass-finished)/

const QUICK = {
  LOG_LEVEL: 'silent',
  SYNC_POLL_MS: '100',
  SYNC_COALESCE_MS: '20',
  SYNC_LEASE_SECONDS: String(LEASE_MS / 1_000),
  SYNC_PAGE_SIZE: '10',
  SYNC_PAGE_SIZE_MIN: '5',
  SYNC_PAGE_SIZE_MAX: '50',
  HOUSEKEEPING_SECONDS: '1',
  // All that died within a minute count as sharing it, and that can be sixty here.
  GRAPH_REQUESTS_PER_10_MINUTES: '600000',
}
