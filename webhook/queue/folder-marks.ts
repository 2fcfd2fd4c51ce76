import type { Connection } from 'mongoose'
import { folderModel } from '../../models/folder.ts'
import type { Clock } from '../clock.ts'

export type MarkParts = { db: Connection; clock: Clock; coalesceMs: number }

/** The operators that every server has (house decision 11). */
export type FolderUpdate = {
  $set?: Record<string, unknown>
  $inc?: Record<string, number>
  $min?: Record<string, Date>
  $max?: Record<string, Date>
}

const LONG_AGO = new Date(0)
/** Nobody's. */
export const released = { 'lease.until': LONG_AGO, 'lease.owner': null }

/** Taken from whoever works on it. */
const wrested = { ...released, isOrphaned: true }

/** Before the first page. */
export const fromTheStart = (backfillAgain: boolean) => ({
  cursor: null,
  midRound: false,
  ...(backfillAgain && { 'backfill.done': 0, 'backfill.finishedAt': null }),
})

/** What anybody may say of a folder, without a lease: each is one durable write. */
export class FolderMarks {
  protected readonly folders

  constructor(protected readonly parts: MarkParts) {
    this.folders = folderModel(parts.db)
  }

  /** The durable mark "something changed here", for any number of folders in one write. */
  async ring(folderIds: Iterable<string>): Promise<void> {
    const rangAt = this.parts.clock.now()
    await this.mark(folderIds, {
      $inc: { dirtySeq: 1 },
      $min: { dueAt: this.later(this.parts.coalesceMs), rangAt },
    })
  }

  /** A pass at once, though nothing rang: somebody asked for it, or a setting changed. */
  async soon(folderIds: Iterable<string>): Promise<void> {
    const dueAt = this.parts.clock.now()
    await this.mark(folderIds, { $inc: { dirtySeq: 1 }, $min: { dueAt } })
  }

  /** Somebody may have written here without the right to: the ids are compared at once. */
  async doubt(folderId: string): Promise<void> {
    const now = this.parts.clock.now()
    await this.mark([folderId], {
      $inc: { dirtySeq: 1 },
      $min: { dueAt: now },
      $set: { proofDueAt: now }, // another time than what a comparison under way has read
    })
  }

  /**
   * Reads these folders from the start, because what is wanted of them has changed. Whoever works on one of them loses
   * the lease, so that an old cursor cannot come back.
   */
  async startOver(folderIds: Iterable<string>): Promise<void> {
    const dueAt = this.parts.clock.now()
    await this.mark(folderIds, {
      $inc: { dirtySeq: 1, 'lease.token': 1 },
      $min: { dueAt },
      $set: { ...wrested, ...fromTheStart(true), 'backfill.startedAt': dueAt },
    })
  }

  /**
   * Applies these rules to what is stored already: the folders are read from the start, since that costs fewer requests
   * than asking for each message. How far back mail is wanted stays as it was.
   */
  async decideAgain(folderIds: Iterable<string>, ruleVersion: number): Promise<void> {
    const dueAt = this.parts.clock.now()
    await this.mark(folderIds, {
      $inc: { dirtySeq: 1, 'lease.token': 1 },
      $min: { dueAt },
      $set: { ...wrested, ...fromTheStart(true), openBelow: ruleVersion },
    })
  }

  private async mark(folderIds: Iterable<string>, update: FolderUpdate): Promise<void> {
    const _ids = [...new Set(folderIds)]
    if (_ids.length > 0) await this.folders.updateMany({ _id: { $in: _ids } }, update)
  }

  protected later(ms: number): Date {
    return new Date(this.parts.clock.now().getTime() + ms)
  }
}
