import type { Email } from '../../models/email.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Person } from './ports.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { ProcessLiveBus } from './live-bus.ts'
import type { Mailboxes } from './mailbox-desk.ts'
import { presentEmail } from './present.ts'

export type AnnouncerParts = {
  bus: ProcessLiveBus
  emails: EmailStore
  mailboxes: MailboxStore
  mailboxDesk: Mailboxes
  /** Nobody waits for an announcement, so its failure is only told. */
  onError: (error: unknown) => void
}

/** Tells open consoles what became durable just now. Never in the way of the work it tells of. */
export class Announcer {
  private readonly underWay = new Set<Promise<void>>()

  constructor(private readonly parts: AnnouncerParts) {}

  stored({ mailbox, newEmailIds }: { mailbox: Mailbox; newEmailIds: string[] }): void {
    this.inBackground(async () => {
      for (const email of await this.parts.emails.findMany(newEmailIds))
        this.publishEmail(email, { workspaceId: mailbox.workspaceId, userId: mailbox.ownerUserId })
    })
  }

  logged({ person, email }: { person: Person; email: Email }): void {
    this.publishEmail(email, person)
  }

  mailboxChanged(mailboxId: string): void {
    this.inBackground(async () => {
      const mailbox = await this.parts.mailboxes.find(mailboxId)
      if (!mailbox) return
      const overview = await this.parts.mailboxDesk.overview(mailbox)
      const owner = { workspaceId: mailbox.workspaceId, userId: mailbox.ownerUserId }
      this.parts.bus.publish(owner, { type: 'mailbox-changed', mailbox: overview })
    })
  }

  private publishEmail(email: Email, audience: { workspaceId: string; userId: string }): void {
    this.parts.bus.publish(audience, {
      type: 'email-stored',
      email: presentEmail(email, audience.userId),
    })
  }

  /** Resolves when nothing is being announced any more; before the database closes. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay)
  }

  private inBackground(announce: () => Promise<void>): void {
    const started = announce()
      .catch(this.parts.onError)
      .finally(() => this.underWay.delete(started))
    this.underWay.add(started)
  }
}
