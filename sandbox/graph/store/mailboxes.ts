import type { Clock } from '../../../webhook/clock.ts'
import type { Random } from '../../random.ts'
import type { MailKnobs } from '../mail/knobs.ts'
import { ContentReader } from './content-reader.ts'
import { newItem, type Delivery } from './delivery.ts'
import type { Folder, Item, ItemRef } from './item.ts'
import { MailboxDirectory } from './mailbox-directory.ts'
import type { Bulk } from './change.ts'
import type { Mailbox } from './mailbox.ts'
import { itemEnvelope, refOf } from './message-view.ts'
import { rememberRoot } from './mime/conversation.ts'
import { patchItem, removeItem, restoreItem, type ItemPatch } from './item/item-actions.ts'
import { sendItem } from './sending.ts'
import type { StoredAttachment } from './mime/content.ts'

export type MailboxesOptions = { clock: Clock; random: Random; knobs: MailKnobs }

/** All mailboxes of the twin: what people and servers do to mail, one call each. Folders are named by id or well-known name. */
export class Mailboxes extends MailboxDirectory {
  readonly random: Random
  readonly knobs: MailKnobs
  readonly reader = new ContentReader()

  constructor({ clock, random, knobs }: MailboxesOptions) {
    super(clock)
    this.random = random
    this.knobs = knobs
  }

  addFolder(userId: string, parent: string, displayName: string, { hidden = false } = {}): Folder {
    const { folders } = this.open(userId)
    return folders.add({ displayName, parent: this.folder(userId, parent), isHidden: hidden })
  }

  /** Mail arrives. MIME given as bytes is read now; given as a function, when somebody asks. */
  async deliver(userId: string, delivery: Delivery, bulk?: Bulk): Promise<ItemRef> {
    const mailbox = this.open(userId)
    const folder = this.folder(userId, delivery.folder ?? (delivery.isDraft ? 'drafts' : 'inbox'))
    const fields = await newItem(delivery, this.clock)
    if (fields.glimpse) rememberRoot(mailbox.conversationRoots, itemEnvelope(fields))
    const item = mailbox.add(folder, fields, bulk)
    void this.touchLater(mailbox, item)
    return refOf(mailbox, item)
  }

  async deliverMany(userId: string, deliveries: Iterable<Delivery>): Promise<ItemRef[]> {
    const refs: ItemRef[] = []
    for (const delivery of deliveries) refs.push(await this.deliver(userId, delivery))
    return refs
  }

  /** To another folder, under a new default id (graph-contract 4.2). */
  move(userId: string, id: string, destination: string): ItemRef {
    const { mailbox, item } = this.at(userId, id)
    mailbox.relocate(item, this.folder(userId, destination))
    return refOf(mailbox, item)
  }

  /** Drag and drop in desktop Outlook: a copy and a deletion, so the immutable id changes too (graph-contract 9 #17). */
  desktopMove(userId: string, id: string, destination: string): ItemRef {
    const { mailbox, item } = this.at(userId, id)
    mailbox.relocate(item, this.folder(userId, destination), { asCopy: true })
    return refOf(mailbox, item)
  }

  /** Many at once: every change carries one `bulkId` (graph-contract 9 #9). */
  bulkMove(userId: string, ids: readonly string[], destination: string): ItemRef[] {
    const bulk = { bulkId: this.random.guid(), bulkSize: ids.length }
    const folder = this.folder(userId, destination)
    return ids.map((id) => {
      const { mailbox, item } = this.at(userId, id)
      mailbox.relocate(item, folder, { bulk })
      return refOf(mailbox, item)
    })
  }

  copy(userId: string, id: string, destination: string): ItemRef {
    const { mailbox, item } = this.at(userId, id)
    return refOf(mailbox, mailbox.add(this.folder(userId, destination), item))
  }

  /** What anybody may change of any message (graph-contract 4.3). */
  patch(userId: string, id: string, changes: ItemPatch): ItemRef {
    const { mailbox, item } = this.at(userId, id)
    patchItem(mailbox, item, changes)
    return refOf(mailbox, item)
  }

  /** To Deleted Items; for good when it is there already, or at once with `purge`. */
  remove(userId: string, id: string, { purge = false } = {}): void {
    const { mailbox, item } = this.at(userId, id)
    removeItem(mailbox, item, purge)
  }

  /** Back from Deleted Items to where it was: an add, told as `created` (graph-contract 9 #15). */
  restore(userId: string, id: string): ItemRef {
    const { mailbox, item } = this.at(userId, id)
    restoreItem(mailbox, item)
    return refOf(mailbox, item)
  }

  /** By way of the Outbox to Sent Items, and to those recipients who have a mailbox here (graph-contract 9 #13). */
  async sendDraft(userId: string, id: string): Promise<ItemRef> {
    const { mailbox, item } = this.at(userId, id)
    await sendItem(this, mailbox, item)
    return refOf(mailbox, item)
  }

  /** Hangs something on a message that its MIME does not hold: an upload, a cloud link. Gives its place among all. */
  async attach(userId: string, id: string, attachment: StoredAttachment): Promise<number> {
    const { mailbox, item } = this.at(userId, id)
    const own = (await this.reader.original(item)).attachments.length
    const added = [...(item.added ?? []), attachment]
    mailbox.change(item, { added })
    return own + added.length - 1
  }

  /** Safe Attachments takes what hangs on a message away to look at it, and later gives it back. */
  scan(userId: string, id: string, what: 'begins' | 'ends'): void {
    const { mailbox, item } = this.at(userId, id)
    if (what === 'begins') this.reader.scanned.add(item)
    else this.reader.scanned.delete(item)
    mailbox.change(item, {})
  }

  /** Exchange touches an item by itself: rules, previews, categories (graph-contract 9 #12). */
  serverTouch(userId: string, id: string): ItemRef {
    const { mailbox, item } = this.at(userId, id)
    mailbox.change(item, {})
    return refOf(mailbox, item)
  }

  private async touchLater(mailbox: Mailbox, item: Item): Promise<void> {
    for (let left = this.knobs.trailingUpdates; left > 0; left--) {
      await this.clock.sleep(this.knobs.trailingUpdateEveryMs)
      if (mailbox.holds(item)) mailbox.change(item, {})
    }
  }
}
