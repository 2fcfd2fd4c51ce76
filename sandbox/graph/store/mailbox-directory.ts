import type { Message } from '@microsoft/microsoft-graph-types'
import type { Clock } from '../../../webhook/clock.ts'
import type { MailChange } from './change.ts'
import type { Folder, Item } from './item.ts'
import type { FolderInfo, IdType, MailboxInfo, MailStoreView } from './mail-store.ts'
import { Mailbox } from './mailbox.ts'
import { messageOf } from './message-view.ts'

export type NewMailbox = {
  userId: string
  address: string
  displayName: string
  tenantId?: string
  aliases?: readonly string[]
  state?: MailboxInfo['state']
}

/** Which mailboxes there are, and what is where in them. */
export class MailboxDirectory implements MailStoreView {
  private readonly byUser = new Map<string, Mailbox>()
  private readonly byName = new Map<string, Mailbox>()
  private readonly listeners: ((change: MailChange) => void)[] = []

  constructor(readonly clock: Clock) {}

  addMailbox({
    userId,
    address,
    displayName,
    tenantId,
    aliases = [],
    state = 'active',
  }: NewMailbox): Mailbox {
    const tenant = tenantId === undefined ? {} : { tenantId }
    const info: MailboxInfo = { userId, address, displayName, ...tenant, state }
    const mailbox = new Mailbox(info, this.clock, (change) => {
      for (const listener of this.listeners) listener(change)
    })
    this.byUser.set(userId, mailbox)
    for (const name of [userId, address, ...aliases]) this.byName.set(name.toLowerCase(), mailbox)
    return mailbox
  }

  /** The mailbox with all that is in it, as nobody outside sees it. Throws when there is none. */
  open(userId: string): Mailbox {
    const mailbox = this.byUser.get(userId) ?? this.lookUp(userId)
    if (!mailbox) throw new Error(`no mailbox ${userId}`)
    return mailbox
  }

  lookUp(userIdOrAddress: string): Mailbox | undefined {
    return this.byName.get(userIdOrAddress.toLowerCase())
  }

  findMailbox(userIdOrAddress: string): MailboxInfo | undefined {
    return this.lookUp(userIdOrAddress)?.info
  }

  mailboxes(): MailboxInfo[] {
    return [...this.byUser.values()].map(({ info }) => info)
  }

  findFolder(userId: string, idOrWellKnownName: string): FolderInfo | undefined {
    const folder = this.lookUp(userId)?.folders.find(idOrWellKnownName)
    if (!folder) return undefined
    const { id, displayName, wellKnownName, parent } = folder
    return {
      id,
      displayName,
      ...(wellKnownName ? { wellKnownName } : {}),
      parentFolderId: parent?.id ?? null,
    }
  }

  /** Without body and attachments; takes an id of either form and shows the one asked for. */
  findMessage(userId: string, id: string, idType: IdType): Message | undefined {
    const mailbox = this.lookUp(userId)
    const item = mailbox?.findItem(id)
    return mailbox && item && messageOf(mailbox, item, idType)
  }

  onChange(listener: (change: MailChange) => void): void {
    this.listeners.push(listener)
  }

  /** The item itself and its mailbox; throws when the id names none. */
  at(userId: string, id: string): { mailbox: Mailbox; item: Item } {
    const mailbox = this.open(userId)
    const item = mailbox.findItem(id)
    if (!item) throw new Error('no such item')
    return { mailbox, item }
  }

  /** By id or well-known name; throws when there is none. */
  folder(userId: string, idOrWellKnownName: string): Folder {
    const folder = this.open(userId).folders.find(idOrWellKnownName)
    if (!folder) throw new Error(`no folder ${idOrWellKnownName}`)
    return folder
  }
}
