import type { Clock } from '../../../webhook/clock.ts'
import type { Bulk, MailChange } from './change.ts'
import { FolderItems } from './folder/folder-items.ts'
import { FolderTree } from './folder/folder-tree.ts'
import { mailboxTag, parseId } from './ids.ts'
import type { Folder, Item, TouchableProperty } from './item.ts'
import type { MailboxInfo } from './mail-store.ts'
import { ItemChange } from './item/item-change.ts'
import { itemOf, type NewItem } from './item/new-item.ts'
import { withDescendants, type MailboxFacts } from './message-view.ts'

/** How an item goes to another folder, and what becomes of it on the way. */
export type Relocation = { asCopy?: boolean; changes?: Partial<Item>; bulk?: Bulk }

/**
 * One mailbox: folders, items and one counter that numbers every change in it. Each change is in the folder's log and in
 * the item before listeners hear of it.
 */
export class Mailbox implements MailboxFacts {
  readonly userId: string
  readonly tag: string
  readonly conversationRoots = new Map<string, string>()
  readonly folders: FolderTree
  /** By the number inside the immutable id. */
  readonly byImmutable = new Map<number, Item>()
  /** The items of all folders. */
  readonly items = new FolderItems<Item>()
  private readonly byDefault = new Map<number, Item>()
  private changeCount = 0
  private serial = 0

  constructor(
    readonly info: MailboxInfo,
    private readonly clock: Clock,
    private readonly announce: (change: MailChange) => void,
  ) {
    this.userId = info.userId
    this.tag = mailboxTag(info.userId)
    this.folders = new FolderTree(this.tag, () => this.stamp())
  }

  /** Number of the latest change. */
  get changeNumber(): number {
    return this.changeCount
  }

  /** The item that goes by this id now, in either form; an id from before a move names nothing (graph-contract 4.2). */
  findItem(id: string): Item | undefined {
    const parsed = parseId(id)
    if (!parsed || parsed.tag !== this.tag || parsed.attachment !== undefined) return undefined
    if (parsed.kind === 'folder') return undefined
    return (parsed.kind === 'default' ? this.byDefault : this.byImmutable).get(parsed.serial)
  }

  holds(item: Item): boolean {
    return this.byDefault.get(item.default) === item
  }

  add(folder: Folder, fields: NewItem, bulk?: Bulk): Item {
    const item = itemOf(fields, { serial: ++this.serial, folder, at: this.now() })
    this.join(item, folder)
    this.tell('created', { now: item }, bulk)
    return item
  }

  /** Takes an item to another folder under a new default id, and under a new immutable one when `asCopy`. */
  relocate(item: Item, folder: Folder, { asCopy = false, changes, bulk }: Relocation = {}): void {
    const before = { ...item }
    this.leave(item)
    Object.assign(item, changes)
    item.default = ++this.serial
    if (asCopy) item.immutable = item.default
    this.join(item, folder)
    this.tell('deleted', { before }, bulk)
    this.tell('created', { now: item }, bulk)
  }

  /** Gone for good. */
  erase(item: Item, bulk?: Bulk): void {
    const before = { ...item }
    this.leave(item)
    this.tell('deleted', { before }, bulk)
  }

  /** Changes an item where it is. `touched` names what delta may report alone; without it the item counts as rewritten. */
  change(item: Item, changes: Partial<Item>, touched?: readonly TouchableProperty[]): void {
    const before = { ...item }
    Object.assign(item, changes)
    item.modifiedAt = this.now()
    item.folder.unread += Number(before.isRead) - Number(item.isRead)
    const { seq, at } = this.stamp()
    item.changeNumber = seq
    if (touched)
      item.touched = { ...item.touched, ...Object.fromEntries(touched.map((name) => [name, seq])) }
    else item.rewrittenAt = seq
    item.folder.log.append({ seq, at, subject: item })
    this.tell('updated', { before, now: item })
  }

  /** A folder and all that is in it, gone for good. */
  eraseFolder(folder: Folder): void {
    for (const inner of withDescendants(folder))
      for (const item of [...inner.items]) this.erase(item)
    this.folders.remove(folder)
  }

  private join(item: Item, folder: Folder): void {
    const { seq, at } = this.stamp()
    item.folder = folder
    item.changeNumber = item.joinedAt = item.rewrittenAt = seq
    item.modifiedAt = at
    folder.items.add(item)
    if (!item.isRead) folder.unread++
    folder.log.append({ seq, at, subject: item })
    this.byDefault.set(item.default, item)
    this.byImmutable.set(item.immutable, item)
    this.items.add(item)
  }

  private leave(item: Item): void {
    const { seq, at } = this.stamp()
    const { folder } = item
    item.changeNumber = seq
    folder.items.remove(item)
    if (!item.isRead) folder.unread--
    folder.log.append({ seq, at, gone: { default: item.default, immutable: item.immutable } })
    item.leftBefore = new Map(item.leftBefore).set(folder, seq)
    this.byDefault.delete(item.default)
    this.byImmutable.delete(item.immutable)
    this.items.remove(item)
  }

  private tell(
    changeType: MailChange['changeType'],
    { before, now }: { before?: Item; now?: Item },
    bulk?: Bulk,
  ): void {
    this.announce(new ItemChange(this, changeType, { before, after: now && { ...now } }, bulk))
  }

  private stamp(): { seq: number; at: number } {
    return { seq: ++this.changeCount, at: this.now() }
  }

  private now(): number {
    return this.clock.now().getTime()
  }
}
