import type { ItemRef } from '../store/item.ts'
import type { MailboxInfo } from '../store/mail-store.ts'
import type { Mailboxes } from '../store/mailboxes.ts'
import { newestIn, restoreTarget } from './newest.ts'

/** Writes a fresh mail to an address. */
export type Compose = (to: string) => Uint8Array | Promise<Uint8Array>

export type MailDeskParts = { mailboxes: Mailboxes; compose: Compose }

/** What people and rules do to mail. A message left out is the newest one. */
export class MailDesk {
  constructor(protected readonly parts: MailDeskParts) {}

  async deliver(mailbox: string, folder = 'inbox'): Promise<ItemRef> {
    const { userId, address } = this.mailbox(mailbox)
    return this.parts.mailboxes.deliver(userId, { mime: await this.parts.compose(address), folder })
  }

  /** As many separate mails, one after the other: no bulk operation to Exchange. */
  async bulkDeliver(mailbox: string, count: number, folder = 'inbox'): Promise<ItemRef[]> {
    const delivered: ItemRef[] = []
    for (let left = count; left > 0; left--) delivered.push(await this.deliver(mailbox, folder))
    return delivered
  }

  move(
    mailbox: string,
    { id, from = 'inbox', to }: { id?: string; from?: string; to: string },
  ): ItemRef {
    const { userId } = this.mailbox(mailbox)
    return this.parts.mailboxes.move(userId, id ?? this.newest(userId, from, 1)[0] ?? '', to)
  }

  /** The newest `count` at once; above 25 Exchange says nothing but `missed` (graph-contract 9 #9). */
  bulkMove(
    mailbox: string,
    { count, from = 'inbox', to }: { count: number; from?: string; to: string },
  ): ItemRef[] {
    const { userId } = this.mailbox(mailbox)
    return this.parts.mailboxes.bulkMove(userId, this.newest(userId, from, count), to)
  }

  /** To Deleted Items, as a user's Delete does. */
  delete(mailbox: string, id?: string): ItemRef {
    return this.move(mailbox, { ...(id === undefined ? {} : { id }), to: 'deleteditems' })
  }

  /** Back from Deleted Items. */
  restore(mailbox: string, id?: string): ItemRef {
    const { userId } = this.mailbox(mailbox)
    const found = id ?? this.newest(userId, 'deleteditems', 1)[0] ?? ''
    return this.parts.mailboxes.move(
      userId,
      found,
      restoreTarget(this.parts.mailboxes, userId, found),
    )
  }

  protected mailbox(name: string): MailboxInfo {
    const mailbox = this.parts.mailboxes.findMailbox(name)
    if (!mailbox) throw new UnknownMailboxError(name)
    return mailbox
  }

  private newest(userId: string, folder: string, count: number): string[] {
    return newestIn(this.parts.mailboxes, { userId, folder, count })
  }
}

export class UnknownMailboxError extends Error {
  readonly code = 'unknown-mailbox'

  constructor(name: string) {
    super(`There is no mailbox ${name}.`)
  }
}
