import { Cursors } from '../../../sandbox/database/commands/cursors.ts'
import { runCommand } from '../../../sandbox/database/commands/run-command.ts'
import type { Doc } from '../../../sandbox/database/query/values.ts'
import type { Change } from '../../../sandbox/database/store/journal.ts'
import { Store } from '../../../sandbox/database/store/store.ts'
import { serveConnection } from '../../../sandbox/database/wire/connection.ts'
import type { Random } from '../../../sandbox/random.ts'
import type { Clock } from '../../../webhook/clock.ts'
import { closeInside, listenInside } from './network.ts'
import type { Power } from './power.ts'
import type { Away, Rest } from './rest.ts'

/** What is wrong with the store. `lost-answer`: it does as told, and says that it failed. */
export type StoreTrouble = 'none' | 'hangs' | 'slow' | 'fails' | 'lost-answer'

/** Asked by drivers for themselves; they have no effect. */
const SMALL_TALK = ['hello', 'ismaster', 'isMaster', 'ping', 'endSessions']

/** `random`: each kind of question of each process has its own. */
export type SimulatedStoreParts = { clock: Clock; random: Random; rest: Rest }

/** The database of a simulation: one truth, and a way in for each process that can be cut. */
export class SimulatedStore implements Disposable {
  private readonly documents = new Store()
  private readonly cursors = new Cursors()
  private readonly hosts: string[] = []
  private readonly listeners: ((change: Change) => void)[] = []
  private trouble: StoreTrouble = 'none'
  private better: Promise<void> = Promise.resolve()
  private getBetter: () => void = () => undefined

  constructor(private readonly parts: SimulatedStoreParts) {
    this.documents.recordTo((change) => this.listeners.forEach((listener) => listener(change)))
  }

  /** A URL at which the process behind `power` (or, without one, the test itself) finds the database. */
  urlFor(name: string, power?: Power): string {
    const host = `${name}.store.simulation`
    this.hosts.push(host)
    listenInside(host, (socket) =>
      serveConnection(socket, (command) => this.answer(command, { name, power })),
    )
    const query = 'directConnection=true&serverMonitoringMode=poll&heartbeatFrequencyMS=600000'
    return `mongodb://${host}:1/simulation?${query}`
  }

  onChange(listener: (change: Change) => void): void {
    this.listeners.push(listener)
  }

  /** What somebody does to it past every process. */
  byHand(command: Doc): Doc {
    return this.run({ ...command, $db: 'simulation' })
  }

  fall(trouble: StoreTrouble): void {
    this.recover()
    this.trouble = trouble
    this.better = new Promise((resolve) => (this.getBetter = resolve))
  }

  recover(): void {
    this.trouble = 'none'
    this.getBetter()
  }

  [Symbol.dispose](): void {
    for (const host of this.hosts) closeInside(host)
  }

  private answer(
    command: Doc,
    { name, power }: { name: string; power: Power | undefined },
  ): Promise<Doc> {
    const [verb = ''] = Object.keys(command)
    if (!power?.isUp || SMALL_TALK.includes(verb)) return Promise.resolve(this.run(command))
    const random = this.parts.random.stream(`${name} ${verb} ${String(command[verb])}`)
    return this.parts.rest.during((away) => this.serve(command, { power, random }, away))
  }

  private async serve(
    command: Doc,
    { power, random }: { power: Power; random: Random },
    away: Away,
  ): Promise<Doc> {
    await away(power.pass())
    const { clock } = this.parts
    if (this.trouble === 'slow') await away(clock.sleep(random.between(100, 5_000)))
    while (this.trouble === 'hangs') await away(this.better)
    if (this.trouble === 'fails' && random.chance(0.7)) return interrupted
    const reply = this.run(command)
    const isLost = this.trouble === 'lost-answer' && random.chance(0.3)
    await away(power.pass())
    return isLost ? interrupted : reply
  }

  private run(command: Doc): Doc {
    const { documents: store, cursors } = this
    return runCommand(command, { store, cursors, now: this.parts.clock.now() })
  }
}

/** A failure that drivers neither retry nor take for a broken connection. */
const interrupted: Doc = { ok: 0, code: 11601, codeName: 'Interrupted', errmsg: 'interrupted' }
