import type { Browserless } from '../../sandbox/browserless.ts'
import type { Microsoft } from '../../sandbox/microsoft.ts'
import { refOf } from '../../sandbox/graph/store/message-view.ts'
import type { Random } from '../../sandbox/random.ts'
import { bulkMime, bulkMimeWithFile } from '../../sandbox/seed/bulk.ts'
import { GRAPH_CLIENT_ID, people, tenants } from '../../sandbox/sign-in/directory.ts'
import type { CrashPoint } from '../../webhook/crash-points.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'

const OWNERS = [people.alice, people.bob, people.sales]
/** Whose mailbox shows what is in the CRM. */
export const BOTH_WAYS = people.sales
const FOLDERS = ['inbox', 'sentitems', 'archive']

/** The people whose mail it is, and the admin: what they do while the service dies again and again. */
export class Office {
  private count = 0
  private folders = 0
  private readonly mailboxIds = new Map<string, string>()

  constructor(
    private readonly parts: {
      microsoft: Microsoft
      admin: Browserless
      random: Random
      /** The store forgets something, so that a comparison has something to mend. */
      loseAccount: () => Promise<void>
    },
  ) {}

  /** Connects everybody's mailbox; each has some mail already. */
  async open(): Promise<void> {
    const { admin } = this.parts
    await admin.signIn('admin')
    await admin.visit('/auth/admin-consent', 'admin')
    for (const { mail } of OWNERS) {
      await this.deliver(mail, 40)
      const init = { method: 'POST', body: { address: mail } }
      const { id } = await admin.json<Mailbox>('/api/v1/mailboxes', init)
      this.mailboxIds.set(mail, id)
    }
    await this.chooseBothWays()
    await this.watchEverything()
  }

  private async chooseBothWays(): Promise<void> {
    const { admin, microsoft } = this.parts
    const tenant = { tenantId: tenants.contoso.id }
    const graph = { clientId: GRAPH_CLIENT_ID }
    microsoft.issuer.consents.grant(tenant, graph, ['Mail.ReadWrite'], 'application')
    const path = `/api/v1/mailboxes/${this.mailboxIds.get(BOTH_WAYS.mail)}/rules`
    const headers = { 'if-match': '"0"' }
    await admin.json(path, { method: 'PUT', headers, body: { rules: { direction: 'two-way' } } })
  }

  /** One busy moment. */
  async work(): Promise<void> {
    const { random } = this.parts
    const { mail } = random.pick(OWNERS)
    await this.deliver(mail, random.between(1, 4))
    const acts = [
      () => this.move(mail, random.between(1, 6)),
      () => this.moveThereAndBack(mail),
      () => this.delete(mail),
      () => this.flip(mail),
    ]
    for (let left = random.between(0, 3); left > 0; left--) random.pick(acts)()
  }

  /** Sees to it that the service soon comes to this crash point; most are met every day. */
  async provoke(point: CrashPoint): Promise<void> {
    const { random, microsoft } = this.parts
    const { desk, subscriptions } = microsoft.graph
    const { mail } = random.pick(OWNERS)
    if (point === 'suspects-asked') this.delete(mail)
    if (
      point === 'subscription-lost-removed' ||
      /^subscription-(asked|granted|recorded)/.test(point)
    )
      desk.removeSubscription(random.pick(subscriptions.all()).id)
    if (point.startsWith('renewal')) desk.sendLifecycle('reauthorizationRequired')
    if (point === 'peek-applied') desk.slowDown(60)
    if (/^(backfill-finished|folder-watched|peek-applied)/.test(point)) await this.newFolder(mail)
    if (/^(folder-unwatched|subscription-ended)/.test(point)) await this.watch(mail, 1)
    if (point === 'difference-repaired') await this.parts.loseAccount()
    if (/^(ids-compared|difference-repaired|proof-saved)/.test(point))
      await this.askFor('reconcile')
    if (point.startsWith('attachment')) {
      const mime = bulkMimeWithFile(++this.count, mail, new Date())
      await this.mail.deliver(mail, { mime, folder: 'inbox' })
    }
    if (point.startsWith('write-back')) await this.deliver(BOTH_WAYS.mail, 3)
    if (point === 'pass-failed') desk.failRequests(503, 3)
  }

  calmDown(): void {
    this.parts.microsoft.graph.desk.clear()
  }

  /** An admin asks for passes now, or for the ids to be compared. */
  async askFor(what: 'sync' | 'reconcile'): Promise<void> {
    for (const id of this.mailboxIds.values())
      await this.ask(`/api/v1/mailboxes/${id}/${what}`, 'POST')
  }

  async watchEverything(): Promise<void> {
    for (const { mail } of OWNERS) await this.watch(mail)
  }

  private get mail() {
    return this.parts.microsoft.graph.mailboxes
  }

  private async deliver(to: string, count: number): Promise<void> {
    const folder = this.parts.random.chance(0.8) ? 'inbox' : this.anyFolder(to)
    for (let left = count; left > 0; left--)
      await this.mail.deliver(to, { mime: this.nextMime(to), folder })
  }

  /** Every sixth with a file. */
  private nextMime(to: string): Uint8Array {
    const mimeOf = ++this.count % 6 === 0 ? bulkMimeWithFile : bulkMime
    return mimeOf(this.count, to, new Date())
  }

  private move(of: string, count: number): void {
    const ids = this.some(of, count)
    if (ids.length > 0) this.mail.bulkMove(of, ids, this.anyFolder(of, 'deleteditems'))
  }

  private moveThereAndBack(of: string): void {
    const from = this.anyFolder(of)
    for (const id of this.some(of, 2, from)) {
      this.mail.move(of, id, this.anyFolder(of))
      this.mail.move(of, id, from)
    }
  }

  private delete(of: string): void {
    for (const id of this.some(of, 2))
      this.mail.remove(of, id, { purge: this.parts.random.chance(0.5) })
  }

  private flip(of: string): void {
    for (const id of this.some(of, 3)) this.mail.patch(of, id, { isRead: true })
  }

  private async newFolder(of: string): Promise<void> {
    const { id } = this.mail.addFolder(of, 'inbox', `Folder ${++this.folders}`)
    for (let left = 20; left > 0; left--)
      await this.mail.deliver(of, { mime: bulkMime(++this.count, of, new Date()), folder: id })
    await this.watch(of)
  }

  /** The best known folders and those that people made, but for `leaveOut` of them. */
  private async watch(address: string, leaveOut = 0): Promise<void> {
    const watched = this.watchable(address).slice(leaveOut)
    const path = `/api/v1/mailboxes/${this.mailboxIds.get(address)}/folders`
    await this.ask(path, 'PUT', { watched })
  }

  /** The service may die at any moment; then the admin sees an error, and tries another time. */
  private async ask(path: string, method: string, body?: unknown): Promise<void> {
    await this.parts.admin.json(path, { method, body }).catch(() => undefined)
  }

  private watchable(of: string): string[] {
    const { folders } = this.mail.open(of)
    const own = [...folders.all()].filter(({ wellKnownName }) => !wellKnownName)
    return [...FOLDERS.map((name) => folders.wellKnown(name).id), ...own.map(({ id }) => id)]
  }

  private anyFolder(of: string, ...more: string[]): string {
    return this.parts.random.pick([...this.watchable(of), ...more])
  }

  private some(of: string, count: number, folder = this.anyFolder(of)): string[] {
    const opened = this.mail.open(of)
    const ids = [...this.mail.folder(of, folder).items].map(
      (item) => refOf(opened, item).immutableId,
    )
    return this.parts.random.shuffle(ids).slice(0, count)
  }
}
