import type { Announcement } from '../../models/announcement.ts'
import type { EmailHead } from '../../models/email.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { AnnouncementStore } from '../announcements/announcement-store.ts'
import type { Clock } from '../clock.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { ProcessLiveBus } from './live-bus.ts'
import type { Mailboxes } from './mailbox-desk.ts'
import type { Person } from './ports.ts'
import { presentEmail } from './present.ts'
import { sightingNames } from './sighting-names.ts'

export type AnnouncerParts = {
  bus: ProcessLiveBus
  announcements: AnnouncementStore
  instanceId: string
  emails: EmailStore
  mailboxes: MailboxStore
  folders: FolderStore
  mailboxDesk: Mailboxes
  clock: Clock
  /** Nobody waits for an announcement, so its failure is only told. */
  onError: (error: unknown) => void
}

type News = Pick<Announcement, 'workspaceId' | 'userId' | 'emailIds' | 'mailboxId'>

/** Many folders of a mailbox change in the same moment; so long they are gathered into one announcement. */
const GATHER_MS = 250

/** Tells open consoles, here and at other instances, what became durable just now. Never in the way of the work. */
export class Announcer {
  private readonly underWay = new Set<Promise<void>>()
  private readonly gathering = new Set<string>()
  private hurry = new AbortController()

  constructor(private readonly parts: AnnouncerParts) {}

  stored({ mailbox, newEmailIds }: { mailbox: Mailbox; newEmailIds: string[] }): void {
    if (newEmailIds.length === 0) return
    this.inBackground(() => this.tell({ ...ownerOf(mailbox), emailIds: newEmailIds }))
  }

  logged({ person, email }: { person: Person; email: EmailHead }): void {
    const { workspaceId, userId } = person
    this.inBackground(() => this.tell({ workspaceId, userId, emailIds: [email._id] }))
  }

  mailboxChanged(mailboxId: string): void {
    if (this.gathering.has(mailboxId)) return
    this.gathering.add(mailboxId)
    this.inBackground(async () => {
      await this.parts.clock.sleep(GATHER_MS, this.hurry.signal)
      this.gathering.delete(mailboxId) // before it is read: what changes from now on is told again
      const mailbox = await this.parts.mailboxes.find(mailboxId)
      if (mailbox) await this.tell({ ...ownerOf(mailbox), mailboxId })
    })
  }

  /** To the consoles of this process, if anybody here is concerned. */
  async show({ workspaceId, userId, emailIds, mailboxId }: News): Promise<void> {
    const { bus, emails, mailboxes, mailboxDesk } = this.parts
    const audience = { workspaceId, userId }
    const watchers = { ...audience, admins: true } // they see every mailbox, and nobody's mail by that
    if (!bus.isHeardBy(mailboxId === null ? audience : watchers)) return
    const stored = await emails.findMany(emailIds)
    const names = await sightingNames(this.parts, stored, userId)
    for (const email of stored)
      bus.publish(audience, { type: 'email-stored', email: presentEmail(email, userId, names) })
    const mailbox = mailboxId === null ? null : await mailboxes.find(mailboxId)
    if (mailbox)
      bus.publish(watchers, {
        type: 'mailbox-changed',
        mailbox: await mailboxDesk.overview(mailbox),
      })
  }

  /** Tells at once what is being gathered. Resolves when nothing is being announced any more; before the database closes. */
  async idle(): Promise<void> {
    this.hurry.abort()
    while (this.underWay.size > 0) await Promise.all(this.underWay)
    this.hurry = new AbortController()
  }

  private async tell(about: Omit<News, 'emailIds' | 'mailboxId'> & Partial<News>): Promise<void> {
    const { announcements, instanceId } = this.parts
    const news = { emailIds: [], mailboxId: null, ...about }
    await Promise.all([this.show(news), announcements.add({ ...news, instanceId })])
  }

  private inBackground(announce: () => Promise<void>): void {
    const started = announce()
      .catch(this.parts.onError)
      .finally(() => this.underWay.delete(started))
    this.underWay.add(started)
  }
}

const ownerOf = ({ workspaceId, ownerUserId: userId }: Mailbox) => ({ workspaceId, userId })
