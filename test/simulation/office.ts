import type { Mailbox } from '../../models/wire/mailbox.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people, type PersonKey } from '../../sandbox/sign-in/directory.ts'
import { MINUTE } from '../../webhook/duration.ts'
import { ada, SimulatedWorld, type SimulationOptions } from './world.ts'

/** A simulated world whose mailboxes are connected and watched, for a test that then disturbs one thing. */
export class SimulatedOffice implements AsyncDisposable {
  private count = 0

  private constructor(readonly world: SimulatedWorld) {}

  static async open(
    owners: PersonKey[],
    { mails = 30, folders = ['inbox', 'archive'], ...options }: OfficeOptions = {},
  ): Promise<SimulatedOffice> {
    const office = new SimulatedOffice(await SimulatedWorld.start({ seed: 1, ...options }))
    for (const owner of owners) await office.deliver(owner, mails)
    for (const owner of owners) await office.watch(owner, folders)
    await office.world.advance(10 * MINUTE)
    return office
  }

  get mail() {
    return this.world.twin.mailboxes
  }

  async deliver(owner: PersonKey, count: number, folder = 'inbox', receivedAt?: Date) {
    const { oid, mail } = people[owner]
    const now = this.world.clock.now()
    for (let left = count; left > 0; left--)
      await this.mail.deliver(oid, {
        mime: bulkMime(++this.count, mail, now),
        folder,
        ...(receivedAt && { receivedAt }),
      })
  }

  /** Connects the mailbox and watches these folders, by name or id. */
  async watch(owner: PersonKey, folders: string[]): Promise<void> {
    const { mailboxDesk } = this.context
    const { signal } = new AbortController()
    const mailbox = await mailboxDesk.connectShared(ada, people[owner].mail, signal)
    const ids = folders.map((name) => this.mail.folder(people[owner].oid, name).id)
    await mailboxDesk.chooseFolders(mailbox, ids, signal)
  }

  /** The mailbox as the console shows it. */
  async shown(owner: PersonKey): Promise<Mailbox> {
    const mailboxes = await this.context.mailboxDesk.of({ ...ada, roles: ['admin'] })
    return mailboxes.find(({ address }) => address === people[owner].mail)!
  }

  /** How many requests Graph got whose path looks like this. */
  asked(path: RegExp | string): number {
    return this.world.twin.requests.count({ path })
  }

  private get context() {
    return this.world.instances[0]!.service.context
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]()
  }
}

type OfficeOptions = Partial<SimulationOptions> & { mails?: number; folders?: string[] }
