import type { Mailbox, MailboxSettings } from '../../models/mailbox.ts'
import type { ChangeSettings } from '../../models/wire/mailbox.ts'
import type { AttachmentQueue } from '../attachments/attachment-queue.ts'
import type { Clock } from '../clock.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { WriteBackQueue } from '../write-back/write-back-queue.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

export type MailboxControlParts = {
  mailboxes: MailboxStore
  folders: FolderStore
  queue: FolderQueue
  attachmentQueue: Pick<AttachmentQueue, 'soon'>
  writeBackQueue: Pick<WriteBackQueue, 'soon'>
  clock: Clock
}

/** Pausing, resuming, settings, and doing now what would be done anyway. */
export class MailboxControl {
  constructor(private readonly parts: MailboxControlParts) {}

  /** Only what is named changes. A wider window reads every folder again; a narrower one takes nothing away. */
  async changeSettings(mailbox: Mailbox, changes: ChangeSettings): Promise<Mailbox> {
    const { pollEveryMinutes, windowDays, sharing } = mailbox.settings
    const settings: MailboxSettings = { pollEveryMinutes, windowDays, sharing }
    if (changes.pollEveryMinutes !== undefined) settings.pollEveryMinutes = changes.pollEveryMinutes
    if (changes.windowDays !== undefined) settings.windowDays = changes.windowDays
    if (changes.sharing !== undefined) settings.sharing = changes.sharing
    const widens = reach(settings) > reach(mailbox.settings)
    // Before, so that a crash cannot leave the wish without the work; and after, for a pass that began in between.
    if (widens) await this.startOver(mailbox)
    const changed = await this.parts.mailboxes.saveSettings(mailbox._id, settings)
    if (widens) await this.startOver(mailbox)
    else await this.syncNow(mailbox) // subscribes, or ends the subscription
    return changed
  }

  /** Nothing is read until it is resumed; what is being read just now is finished. */
  async pause({ _id }: Mailbox, byName: string): Promise<Mailbox> {
    return this.parts.mailboxes.pause(_id, { at: this.parts.clock.now(), byName })
  }

  /** Goes on from the cursors, and compares. */
  async resume({ _id }: Mailbox): Promise<Mailbox> {
    const resumed = await this.parts.mailboxes.pause(_id, null)
    await this.parts.attachmentQueue.soon(resumed.workspaceId)
    await this.parts.writeBackQueue.soon(_id)
    return this.reconcileNow(resumed) // the light is not green again before that is done
  }

  /** Asks every watched folder now. */
  async syncNow(mailbox: Mailbox): Promise<Mailbox> {
    await this.parts.queue.soon(await this.watchedIds(mailbox))
    return mailbox
  }

  /** Compares every watched folder with the mailbox now, message by message. */
  async reconcileNow(mailbox: Mailbox): Promise<Mailbox> {
    for (const id of await this.watchedIds(mailbox)) await this.parts.queue.doubt(id)
    return mailbox
  }

  private async startOver(mailbox: Mailbox): Promise<void> {
    await this.parts.queue.startOver(await this.watchedIds(mailbox))
  }

  private async watchedIds({ _id }: Mailbox): Promise<string[]> {
    const watched = await this.parts.folders.watchedOf(_id)
    return watched.filter(({ deletedAt }) => !deletedAt).map((folder) => folder._id)
  }
}

const reach = ({ windowDays }: MailboxSettings): number => windowDays ?? Infinity
