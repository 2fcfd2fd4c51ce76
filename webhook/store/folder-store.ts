import type { Connection } from 'mongoose'
import { folderModel, type Folder } from '../../models/folder.ts'
import { idOf } from '../keys/ids.ts'
import { createOnce } from './duplicate.ts'

export type FolderToWatch = {
  workspaceId: string
  mailboxId: string
  providerFolderId: string
  displayName: string
  totalItemCount: number
}

const LONG_AGO = new Date(0)

/** Folders as people see them: watched or not, how far, proven when. Their work belongs to the queue. */
export class FolderStore {
  private readonly folders

  constructor(db: Connection) {
    this.folders = folderModel(db)
  }

  /** From now on watched, and due at once. Watching what is watched changes nothing. */
  async watch(folder: FolderToWatch, now: Date): Promise<string> {
    const { totalItemCount, ...identity } = folder
    const _id = idOf('folder', folder.mailboxId, folder.providerFolderId)
    const created = await createOnce(() =>
      this.folders.create({
        ...identity,
        _id,
        watched: true,
        dueAt: now,
        dirtySeq: 1,
        doneSeq: 0,
        backfill: { total: totalItemCount, startedAt: now },
        lease: { until: LONG_AGO },
      }),
    )
    if (!created)
      await this.folders.updateOne(
        { _id, watched: false },
        {
          $set: {
            ...{ watched: true, displayName: folder.displayName, deletedAt: null },
            ...{ dueAt: now, proofDueAt: now }, // what the last comparison said is of another time
          },
          $inc: { dirtySeq: 1 },
        },
      )
    return _id
  }

  /** Keeps cursor and ledger, so that watching again goes on where it stopped. */
  async unwatch(_id: string): Promise<void> {
    await this.folders.updateOne({ _id }, { $set: { watched: false } })
  }

  async find(_id: string): Promise<Folder | null> {
    return this.folders.findOne({ _id }).lean()
  }

  /** Watched or not. */
  async findMany(ids: string[]): Promise<Folder[]> {
    if (ids.length === 0) return []
    return this.folders.find({ _id: { $in: ids } }).lean()
  }

  async watchedOf(mailboxId: string): Promise<Folder[]> {
    return this.folders
      .find({ mailboxId, watched: true })
      .sort({ createdAt: 1, displayName: 1 })
      .lean()
  }

  /** After an outage: every watched folder is due now, and what rang unheard is asked for. */
  async lookNow(now: Date): Promise<void> {
    await this.folders.updateMany(
      { watched: true },
      { $min: { dueAt: now }, $inc: { dirtySeq: 1 } },
    )
  }

  /** After a reconnect: every watched folder of the mailbox is due now, from its cursor on, and then compared. */
  async dueNow(mailboxId: string, now: Date): Promise<void> {
    await this.folders.updateMany(
      { mailboxId, watched: true },
      {
        $set: { dueAt: now, proofDueAt: now, attempts: 0, lastErrorCode: null },
        $inc: { dirtySeq: 1 },
      },
    )
  }

  /** The mailbox no longer has this folder; null: it has it again. */
  async deleted(_id: string, deletedAt: Date | null): Promise<void> {
    await this.folders.updateOne({ _id }, { $set: { deletedAt } })
  }

  /** Which of a mailbox's folders are watched, by the provider's ids. */
  async watchedByProviderId(mailboxId: string): Promise<Map<string, Folder>> {
    const watched = await this.watchedOf(mailboxId)
    return new Map(watched.map((folder) => [folder.providerFolderId, folder]))
  }

  async rename(_id: string, displayName: string): Promise<void> {
    await this.folders.updateOne(
      { _id, displayName: { $ne: displayName } },
      { $set: { displayName } },
    )
  }
}
