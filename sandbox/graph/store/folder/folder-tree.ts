import { ChangeLog } from './change-log.ts'
import { FolderItems } from './folder-items.ts'
import { encodeId } from '../ids.ts'
import type { Folder, Item } from '../item.ts'
import { withDescendants } from '../message-view.ts'
import { WELL_KNOWN_FOLDERS } from './well-known.ts'

type Stamp = () => { seq: number; at: number }
type NewFolder = {
  displayName: string
  parent: Folder | null
  isHidden?: boolean
  wellKnownName?: string
}

/** The folders of one mailbox. Their ids never change (graph-contract 3.4). */
export class FolderTree {
  /** What `mailFolders/delta` reads. */
  readonly log = new ChangeLog<Folder>()
  private readonly byId = new Map<string, Folder>()
  private readonly byName = new Map<string, Folder>()
  private serial = 0

  constructor(
    private readonly tag: string,
    private readonly stamp: Stamp,
  ) {
    for (const { name, displayName, parent, isHidden = false } of WELL_KNOWN_FOLDERS) {
      const under = parent === null ? null : this.wellKnown(parent)
      this.add({ displayName, parent: under, isHidden, wellKnownName: name })
    }
  }

  /** By id (case-sensitive) or well-known name (any case). */
  find(idOrName: string): Folder | undefined {
    return this.byId.get(idOrName) ?? this.byName.get(idOrName.toLowerCase())
  }

  wellKnown(name: string): Folder {
    const folder = this.byName.get(name)
    if (!folder) throw new Error(`no well-known folder ${name}`)
    return folder
  }

  all(): Iterable<Folder> {
    return this.byId.values()
  }

  add({ displayName, parent, isHidden = false, wellKnownName }: NewFolder): Folder {
    const serial = ++this.serial
    const folder: Folder = {
      serial,
      id: encodeId({ kind: 'folder', tag: this.tag, serial }),
      displayName,
      ...(wellKnownName === undefined ? {} : { wellKnownName }),
      parent,
      children: new Set(),
      isHidden,
      changeNumber: 0,
      joinedAt: 0,
      items: new FolderItems<Item>(),
      unread: 0,
      log: new ChangeLog(),
    }
    this.byId.set(folder.id, folder)
    if (wellKnownName) this.byName.set(wellKnownName, folder)
    parent?.children.add(folder)
    folder.joinedAt = this.record(folder)
    return folder
  }

  rename(folder: Folder, displayName: string): void {
    folder.displayName = displayName
    this.record(folder)
  }

  move(folder: Folder, parent: Folder): void {
    folder.parent?.children.delete(folder)
    folder.parent = parent
    parent.children.add(folder)
    this.record(folder)
  }

  remove(folder: Folder): void {
    for (const { id, serial } of withDescendants(folder)) {
      this.byId.delete(id)
      this.log.append({ ...this.stamp(), gone: { default: serial, immutable: serial } })
    }
    folder.parent?.children.delete(folder)
  }

  private record(folder: Folder): number {
    const { seq, at } = this.stamp()
    folder.changeNumber = seq
    this.log.append({ seq, at, subject: folder })
    return seq
  }
}
