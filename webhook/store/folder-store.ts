import type { Connection } from 'mongoose'
import { folderModel, type NamedFolder, type StoredFolder } from '../../models/folder.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import { createOnce } from './duplicate.ts'

export type FolderToWatch = {
  workspaceId: string
  mailboxId: string
  providerFolderId: string
  displayName: string
  totalItemCount: number
}

const LONG_AGO = new Date(0)

const nameOf = (id: string) => ({ collection: 'folders', id })

/** Folders as people see them: watched or not, how far, proven when. Their work belongs to the queue. */
export class FolderStore {
  private readonly folders

  private readonly vault: Vault

  constructor({ db, vault }: { db: Connection; vault: Vault }) {
    this.folders = folderModel(db)
    this.vault = vault
  }

  /** From now on watched, and due at once. Watching what is watched changes nothing. */
  async watch(folder: FolderToWatch, now: Date): Promise<string> {
    const { totalItemCount, displayName, ...identity } = folder
    const _id = idOf('folder', folder.mailboxId, folder.providerFolderId)
    const keys = await this.vault.of(folder.workspaceId)
    const sealed = keys.seal(nameOf(_id), { displayName })
    const created = await createOnce(() =>
      this.folders.create({
        ...identity,
        ...{ _id, sealed },
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
            ...{ watched: true, sealed, deletedAt: null },
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

  /**
   * Their mailbox is disconnected: none is watched, and whoever works on one loses the lease. One that is watched again is
   * read from the start, and what it knew of its mail counts no more.
   */
  async forsake(mailboxId: string): Promise<void> {
    await this.folders.updateMany(
      { mailboxId },
      {
        $set: {
          ...{ watched: false, cursor: null, midRound: false, openBelow: 0, proof: null },
          ...{ 'backfill.done': 0, 'backfill.finishedAt': null, lastSyncAt: null },
          ...{ attempts: 0, lastErrorCode: null },
          ...{ 'lease.owner': null, 'lease.until': LONG_AGO },
        },
        $inc: { 'lease.token': 1 },
      },
    )
  }

  async find(_id: string): Promise<NamedFolder | null> {
    const found = await this.folders.findOne({ _id }).lean()
    return found && named(await this.vault.of(found.workspaceId), found)
  }

  /** Watched or not. */
  async findMany(ids: string[]): Promise<NamedFolder[]> {
    if (ids.length === 0) return []
    return this.named(await this.folders.find({ _id: { $in: ids } }).lean())
  }

  /** Those that were watched first come first. */
  async watchedOf(mailboxId: string): Promise<NamedFolder[]> {
    const watched = await this.folders
      .find({ mailboxId, watched: true })
      .sort({ createdAt: 1, _id: 1 })
      .lean()
    return this.named(watched)
  }

  /** The same of several mailboxes. */
  async watchedIn(mailboxIds: string[]): Promise<NamedFolder[]> {
    const watched = await this.folders
      .find({ mailboxId: { $in: mailboxIds }, watched: true })
      .sort({ createdAt: 1, _id: 1 })
      .lean()
    return this.named(watched)
  }

  /** The mailboxes that watch one of these folders, by the provider's ids: more than one where an account has two records. */
  async watchersOf(workspaceId: string, providerFolderIds: string[]): Promise<string[]> {
    return this.folders.distinct('mailboxId', {
      ...{ workspaceId, watched: true },
      providerFolderId: { $in: providerFolderIds },
    })
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
  async watchedByProviderId(mailboxId: string): Promise<Map<string, NamedFolder>> {
    const watched = await this.watchedOf(mailboxId)
    return new Map(watched.map((folder) => [folder.providerFolderId, folder]))
  }

  async rename(
    { _id, workspaceId }: Pick<StoredFolder, '_id' | 'workspaceId'>,
    displayName: string,
  ): Promise<void> {
    const sealed = (await this.vault.of(workspaceId)).seal(nameOf(_id), { displayName })
    await this.folders.updateOne({ _id }, { $set: { sealed } })
  }

  private async named(found: StoredFolder[]): Promise<NamedFolder[]> {
    const keys = await this.vault.ofEach(found.map(({ workspaceId }) => workspaceId))
    return found.flatMap((folder) => {
      const own = keys.get(folder.workspaceId)
      return own ? [named(own, folder)] : []
    })
  }
}

const named = (keys: WorkspaceKeys, { sealed, ...folder }: StoredFolder): NamedFolder => ({
  ...folder,
  displayName: keys.open(nameOf(folder._id), sealed, 'displayName'),
})
