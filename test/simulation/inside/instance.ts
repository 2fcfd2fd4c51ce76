import type { Server } from 'node:http'
import type { Random } from '../../../sandbox/random.ts'
import type { Clock } from '../../../webhook/clock.ts'
import { readConfig } from '../../../webhook/config/config.ts'
import { Service } from '../../../webhook/service.ts'
import { KEY_BYTES } from '../../../webhook/keys/cipher.ts'
import { isStoreDown } from '../../../webhook/store/store-down.ts'
import { Power, ownClock } from './power.ts'

export type InstanceParts = {
  clock: Clock
  /** How far its clock is off. */
  skewMs: number
  random: Random
  environment: Record<string, string>
  /** The line to Graph and the address of the store, for a process with this power. */
  fetch: (power: Power) => typeof fetch
  mongodbUrl: (power: Power) => string
}

/** One process of the service, as far as the world outside can tell. */
export class Instance {
  private constructor(
    readonly service: Service,
    readonly power: Power,
    private readonly servers: Server[],
  ) {}

  static async start(parts: InstanceParts): Promise<Instance> {
    const servers: Server[] = []
    const power = new Power(() => servers.forEach((server) => server.close()))
    const environment = { ...parts.environment, MONGODB_URL: parts.mongodbUrl(power) }
    const service = await created(() =>
      Service.create(readConfig(environment), {
        clock: ownClock(parts.clock, power, parts.skewMs),
        random: () => parts.random.next(),
        instanceId: parts.random.stream('id').guid(),
        newKey: () => Buffer.from(parts.random.stream('keys').bytes(KEY_BYTES)),
        fetch: parts.fetch(power),
        crash: power.crash,
      }),
    )
    power.isUp = true
    await service.start()
    servers.push(...service.servers)
    return new Instance(service, power, servers)
  }

  /** Where notifications come in; a frozen process answers nobody. */
  get door(): Server | undefined {
    return this.power.isDead || this.power.isFrozen ? undefined : this.servers[0]
  }

  /** Ends what a dead process left in this one. */
  async bury(): Promise<void> {
    await this.service.context.db.close(true)
  }
}

/**
 * The driver gives up on a store after two seconds by the real clock. Here the store is always there at a start, so
 * then the whole machine stood still; `main.ts` is patient as well.
 */
async function created(create: () => Promise<Service>, tries = 5): Promise<Service> {
  try {
    return await create()
  } catch (error) {
    if (tries <= 1 || !isStoreDown(error)) throw error
    return created(create, tries - 1)
  }
}
