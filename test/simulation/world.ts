import { MongoClient } from 'mongodb'
import { VirtualClock } from '../../sandbox/clock.ts'
import { GraphTwin } from '../../sandbox/graph/twin.ts'
import type { KnobChanges } from '../../sandbox/graph/knobs.ts'
import { Random } from '../../sandbox/random.ts'
import { HOUR, SECOND } from '../../webhook/duration.ts'
import { flowCrm, people, tenants } from '../../sandbox/sign-in/directory.ts'
import { brokenPromises } from '../checker/check.ts'
import { CursorHistory } from '../checker/cursor-history.ts'
import { truthOf } from '../checker/truth.ts'
import { AUTHORITY_URL, SimulatedAuthority } from './inside/authority.ts'
import { fairWeather, GRAPH_URL, graphFetch, type Weather } from './inside/graph-line.ts'
import { Instance } from './inside/instance.ts'
import { postLine } from './inside/post-line.ts'
import { Rest } from './inside/rest.ts'
import { countThreadWork } from './inside/thread-work.ts'
import { SimulatedStore } from './inside/store.ts'

export type SimulationOptions = {
  seed: number
  knobs?: KnobChanges
  /** Further variables for the service. */
  environment?: Record<string, string>
  /** Clocks of the processes are off by up to so much. */
  maxSkewMs?: number
  /** Of access tokens to Graph: an hour, or a day for an app that can be challenged. */
  tokenLifeMs?: number
  /** Stands between the service and Graph, to break the engine's promise on purpose. */
  tamper?: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch
}

/** The admin who connects and chooses. */
export const ada = {
  workspaceId: tenants.contoso.id,
  userId: people.admin.oid,
  displayName: people.admin.name,
  roles: ['admin' as const],
}

/**
 * FlowCRM and Microsoft 365 in one process without a network, in virtual time. Nothing in it depends on the machine:
 * the same seed is the same run.
 */
export class SimulatedWorld implements AsyncDisposable {
  readonly clock = new VirtualClock()
  readonly rest = new Rest()
  readonly cursors = new CursorHistory()
  /** What happens next is drawn from it alone; what goes on inside has streams of its own. */
  readonly random: Random
  readonly authority: SimulatedAuthority
  readonly store: SimulatedStore
  readonly twin: GraphTwin
  readonly instances: Instance[] = []
  /** Addresses of the mailboxes that show what is in the CRM. */
  readonly bothWays = new Set<string>()
  weather: Weather = fairWeather
  private readonly buried: Instance[] = []
  private readonly threadWork = countThreadWork(this.rest)
  private started = 0

  private constructor(private readonly options: SimulationOptions) {
    this.random = new Random(options.seed)
    const { clock, rest, random } = this
    const { tokenLifeMs = HOUR } = options
    this.authority = new SimulatedAuthority({ clock, rest, tokenLifeMs })
    this.store = new SimulatedStore({ clock, rest, random: random.stream('store') })
    this.twin = GraphTwin.create({
      clock,
      random: new Random(options.seed + 1),
      tokenCheck: this.authority.check,
      post: postLine(rest, () => this.door()),
      knobs: options.knobs ?? {},
    })
    for (const { oid, mail, name, tenantId } of Object.values(people))
      if (tenantId === tenants.contoso.id)
        this.twin.mailboxes.addMailbox({ userId: oid, address: mail, displayName: name })
    this.recordCursors()
  }

  static async start(options: SimulationOptions, instances = 2): Promise<SimulatedWorld> {
    const world = new SimulatedWorld(options)
    while (world.instances.length < instances) await world.startInstance()
    return world
  }

  get alive(): Instance[] {
    return this.instances.filter(({ power }) => !power.isDead)
  }

  async startInstance(): Promise<Instance> {
    const { maxSkewMs = 0, tamper = (fetch) => fetch, environment } = this.options
    const { clock, random, rest, twin, cursors, store } = this
    const name = `process-${++this.started}`
    const own = random.stream(name)
    const weather = () => this.weather
    const line = { ...{ clock, rest, twin, cursors, weather }, random: own.stream('Graph') }
    // A driver that connects takes the machine's time. What others did meanwhile would be another thing in each run.
    await rest.settle()
    // Counted as work: it takes turns of the event loop, and no virtual time.
    const instance = await rest.during(() =>
      Instance.start({
        clock,
        skewMs: own.between(-maxSkewMs, maxSkewMs),
        random: own,
        environment: { ...ENVIRONMENT, ...environment },
        fetch: (power) => tamper(graphFetch(line, power)),
        mongodbUrl: (power) => store.urlFor(name, power),
      }),
    )
    this.instances.push(instance)
    return instance
  }

  /** Moves time forward; everything that is to happen until then does. */
  advance(ms: number): Promise<void> {
    return this.clock.advance(ms, this.rest.settle)
  }

  /** Processes that were killed make room. */
  removeDead(): void {
    const dead = this.instances.filter(({ power }) => power.isDead)
    this.buried.push(...dead)
    for (const instance of dead) this.instances.splice(this.instances.indexOf(instance), 1)
  }

  /** What the checker finds. */
  async findings(): Promise<string[]> {
    const client = await MongoClient.connect(this.store.urlFor('checker'))
    const truth = truthOf(this.twin.mailboxes)
    const broken = await brokenPromises(client.db(), {
      ...{ truth, workspaceId: ada.workspaceId, bothWays: this.bothWays, areCopied: true },
      rootKey: Buffer.from(ENVIRONMENT['ROOT_KEY'] ?? '', 'base64'),
    })
    await client.close()
    const crashes = this.twin.requests.find().flatMap(({ crash }) => crash ?? [])
    return [
      ...broken,
      ...this.cursors.faults,
      ...crashes.map((crash) => `the twin broke: ${crash}`),
    ]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.store.recover()
    let running = this.alive.length
    for (const { power, service } of this.alive) {
      power.unfreeze()
      void service.stop().finally(() => running--)
    }
    while (running > 0) await this.advance(SECOND)
    this.removeDead()
    for (const instance of this.buried) await instance.bury()
    await this.twin[Symbol.asyncDispose]()
    this.store[Symbol.dispose]()
    this.authority[Symbol.dispose]()
    this.threadWork[Symbol.dispose]()
  }

  /** Where the next notification goes: to one of the processes that can answer. */
  private door() {
    const doors = this.alive.flatMap(({ door }) => door ?? [])
    return doors.length > 0 ? this.random.stream('doors').pick(doors) : undefined
  }

  private recordCursors(): void {
    const seen = new Map<string, string | null>()
    this.store.onChange((change) => {
      if (change.kind !== 'replace' || !change.ns.endsWith('.folders')) return
      const { _id, cursor } = change.doc as unknown as { _id: string; cursor: string | null }
      if (seen.get(_id) === cursor) return
      seen.set(_id, cursor)
      this.cursors.stored(_id, cursor)
    })
  }
}

/** Hours pass quickly here, so what is done in seconds in life is done in minutes. */
const ENVIRONMENT: Record<string, string> = {
  PORT: '0',
  ADDIN_PORT: '0',
  HOST: '127.0.0.1',
  PUBLIC_URL: 'https://crm.simulation',
  ADDIN_URL: 'https://pane.simulation',
  GRAPH_URL: `${GRAPH_URL}/v1.0`,
  AUTHORITY_URL,
  CLIENT_ID: flowCrm.clientId,
  CLIENT_SECRET: flowCrm.secret,
  ROOT_KEY: Buffer.alloc(32, 'simulation').toString('base64'),
  LOG_LEVEL: 'silent',
  SYNC_WORKERS: '2',
  SYNC_POLL_MS: '480000',
  SYNC_COALESCE_MS: '2000',
  SYNC_LEASE_SECONDS: '120',
  SYNC_PAGE_SIZE: '10',
  SYNC_PAGE_SIZE_MIN: '5',
  SYNC_PAGE_SIZE_MAX: '25',
  SYNC_SAFETY_POLL_MINUTES: '60',
  RECONCILE_HOURS: '1',
  HOUSEKEEPING_SECONDS: '1500',
  SUBSCRIPTION_LIFE_MINUTES: '240',
}

/** For those who would rather have it as in life: production's settings, but for how often its workers look up. */
export const asInLife = {
  SYNC_WORKERS: '1',
  SYNC_POLL_MS: '30000',
  SYNC_COALESCE_MS: '500',
  SYNC_LEASE_SECONDS: '60',
  SYNC_PAGE_SIZE: '100',
  SYNC_PAGE_SIZE_MIN: '25',
  SYNC_PAGE_SIZE_MAX: '500',
  SYNC_SAFETY_POLL_MINUTES: '360',
  RECONCILE_HOURS: '24',
  HOUSEKEEPING_SECONDS: '120',
  SUBSCRIPTION_LIFE_MINUTES: '10065',
}
