import type { Folder } from '../../sandbox/graph/store/item.ts'
import type { Mailboxes } from '../../sandbox/graph/store/mailboxes.ts'
import { refOf } from '../../sandbox/graph/store/message-view.ts'
import type { GraphTwin } from '../../sandbox/graph/twin.ts'
import type { Random } from '../../sandbox/random.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import type { Clock } from '../../webhook/clock.ts'
import type { Instance } from './inside/instance.ts'
import type { SimulatedWorld } from './world.ts'

/** One thing that happens; what it returns is told when the story is. */
export type Action = (story: Story) => unknown

const OWNERS = [people.alice.oid, people.bob.oid, people.sales.oid]

/** What happens in a world, and what the things that happen need to choose from. Mailboxes go by their owner's object id. */
export class Story {
  readonly random: Random
  readonly clock: Clock
  readonly twin: GraphTwin
  readonly mail: Mailboxes
  readonly owners: string[]
  /** What happened, in words. */
  readonly lines: string[] = []
  /** The store has forgotten something, which only a look at its folder finds. */
  hasForgotten = false
  private count = 100

  constructor(readonly world: SimulatedWorld) {
    const { random, clock, twin } = world
    this.random = random
    this.clock = clock
    this.twin = twin
    this.mail = twin.mailboxes
    this.owners = OWNERS.slice(0, random.between(2, 3))
  }

  /** A number that was not there before. */
  next(): number {
    return ++this.count
  }

  anyMailbox(): string {
    return this.random.pick(this.owners)
  }

  anyInstance(): Instance | null {
    const { alive } = this.world
    return alive.length > 0 ? this.random.pick(alive) : null
  }

  /** Any folder mail can go to. */
  anyFolder(mailbox: string): string {
    return this.random.pick([...this.watchables(mailbox), 'deleteditems', 'archive', 'junkemail'])
  }

  /** The folders somebody might want to watch. */
  watchables(mailbox: string): string[] {
    const { folders } = this.mail.open(mailbox)
    const own = [...folders.all()].filter(({ wellKnownName }) => !wellKnownName)
    return ['inbox', 'sentitems', 'archive']
      .map((name) => folders.wellKnown(name).id)
      .concat(own.map(({ id }) => id))
  }

  watchable(mailbox: string): string {
    return this.random.pick(this.watchables(mailbox))
  }

  messagesIn(mailbox: string, folder: string): string[] {
    const opened = this.mail.open(mailbox)
    return [...(opened.folders.find(folder)?.items ?? [])].map(
      (item) => refOf(opened, item).immutableId,
    )
  }

  draftsOf(mailbox: string): string[] {
    const opened = this.mail.open(mailbox)
    return [...opened.items]
      .filter(({ isDraft }) => isDraft)
      .map((item) => refOf(opened, item).immutableId)
  }

  /** Does something to a message of a folder that may be watched. */
  withMessage(act: (mailbox: string, id: string, folder: string) => string): string {
    const mailbox = this.anyMailbox()
    const folder = this.watchable(mailbox)
    const ids = this.messagesIn(mailbox, folder)
    return ids.length > 0 ? act(mailbox, this.random.pick(ids), folder) : 'no message there'
  }

  /** Does something to a folder that a person made. */
  withOwnFolder(act: (mailbox: string, folder: Folder) => void): string {
    const mailbox = this.anyMailbox()
    const own = [...this.mail.open(mailbox).folders.all()].filter(
      ({ wellKnownName }) => !wellKnownName,
    )
    if (own.length === 0) return 'none there'
    const folder = this.random.pick(own)
    act(mailbox, folder)
    return folder.displayName
  }

  later(ms: number, act: () => void): void {
    void this.clock.sleep(ms).then(act)
  }

  /** Lets something go on by itself; that it fails is part of the story. */
  detach(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.tell(`refused: ${String(error)}`))
  }

  tell(line: string): void {
    this.lines.push(`${this.clock.now().toISOString().slice(5, 19)} ${line}`)
  }
}
