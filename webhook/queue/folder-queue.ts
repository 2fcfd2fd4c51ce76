import type { Connection } from 'mongoose'
import { folderModel, type Folder } from '../../models/folder.ts'
import type { Clock } from '../clock.ts'
import { LeaseLostError } from '../errors.ts'

/** The right to work on a folder, until `until`. Every write of a pass names the token; a later claim outdates it. */
export type Lease = { folderId: string; token: number; seqAtClaim: number }
export type ClaimedFolder = { folder: Folder; lease: Lease }
export type PageProgress = { cursor: string; backfilled: number; isLast: boolean }

const LONG_AGO = new Date(0)

/**
 * The work queue: one small document per folder, in which a thousand bells are one owed pass (reliability 4.1).
 *
 *   idle --ring--> due --claim--> leased --finish--> idle (or due again, when a bell rang meanwhile)
 *                                   |--fail---> due later
 *                                   `--lease runs out--> due: claimed by another, the old token is void
 */
export class FolderQueue {
  private readonly folders

  constructor(
    private readonly parts: {
      db: Connection
      clock: Clock
      owner: string
      coalesceMs: number
      leaseMs: number
    },
  ) {
    this.folders = folderModel(parts.db)
  }

  /** The durable mark "something changed here", for any number of folders in one write. */
  async ring(folderIds: Iterable<string>): Promise<void> {
    const dueAt = this.later(this.parts.coalesceMs)
    const marks = [...new Set(folderIds)].map((_id) => ({
      updateOne: { filter: { _id }, update: { $inc: { dirtySeq: 1 }, $min: { dueAt } } },
    }))
    if (marks.length > 0) await this.folders.bulkWrite(marks, { ordered: false })
  }

  /** The folder that has been due longest, leased to us; null when none is due. */
  async claim(): Promise<ClaimedFolder | null> {
    const now = this.parts.clock.now()
    const folder = await this.folders
      .findOneAndUpdate(
        { watched: true, dueAt: { $lte: now }, 'lease.until': { $lte: now } },
        {
          $inc: { 'lease.token': 1 },
          $set: { 'lease.owner': this.parts.owner, 'lease.until': this.later(this.parts.leaseMs) },
        },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean()
    if (!folder) return null
    const lease = { folderId: folder._id, token: folder.lease.token, seqAtClaim: folder.dirtySeq }
    return { folder, lease }
  }

  /** Moves the cursor past an applied page and extends the lease. Throws LeaseLostError when fenced out. */
  async advance(lease: Lease, { cursor, backfilled, isLast }: PageProgress): Promise<void> {
    await this.fenced(lease, {
      $set: {
        cursor,
        'lease.until': this.later(this.parts.leaseMs),
        ...(isLast && { lastSyncAt: this.parts.clock.now(), lastErrorCode: null }),
      },
      $inc: { 'backfill.done': backfilled },
    })
  }

  async finishBackfill(lease: Lease): Promise<void> {
    await this.fenced(lease, { $set: { 'backfill.finishedAt': this.parts.clock.now() } })
  }

  /** The cursor is worthless (410): the next pass starts the folder over; what is known stays known. */
  async restart(lease: Lease): Promise<void> {
    await this.fenced(lease, { $set: { cursor: null } })
  }

  /** Gives the folder back until `nextDueAt`; at once due again when a bell rang during the pass. */
  async finish(lease: Lease, nextDueAt: Date): Promise<void> {
    const { folderId: _id, token, seqAtClaim } = lease
    const released = {
      doneSeq: seqAtClaim,
      attempts: 0,
      'lease.until': LONG_AGO,
      'lease.owner': null,
    }
    // One write decides between the two ends, so that no crash can lose the bell that rang meanwhile.
    const quiet = await this.folders.updateOne(
      { _id, 'lease.token': token, dirtySeq: seqAtClaim },
      { $set: { ...released, dueAt: nextDueAt } },
    )
    if (quiet.matchedCount === 0)
      await this.fenced(lease, { $set: { ...released, dueAt: this.later(this.parts.coalesceMs) } })
  }

  /** Gives the folder back to be tried again at `retryAt`. */
  async fail(lease: Lease, retryAt: Date, errorCode: string): Promise<void> {
    await this.fenced(lease, {
      $set: {
        dueAt: retryAt,
        lastErrorCode: errorCode,
        'lease.until': LONG_AGO,
        'lease.owner': null,
      },
      $inc: { attempts: 1 },
    })
  }

  /** Gives the folder back unfinished, for another worker to go on at once: this one is stopping. */
  async giveBack(lease: Lease): Promise<void> {
    const dueAt = this.parts.clock.now()
    await this.fenced(lease, { $set: { dueAt, 'lease.until': LONG_AGO, 'lease.owner': null } })
  }

  private async fenced(
    { folderId: _id, token }: Lease,
    update: { $set: Record<string, unknown>; $inc?: Record<string, number> },
  ): Promise<void> {
    const { matchedCount } = await this.folders.updateOne({ _id, 'lease.token': token }, update)
    if (matchedCount === 0) throw new LeaseLostError('Another worker has taken this folder over.')
  }

  private later(ms: number): Date {
    return new Date(this.parts.clock.now().getTime() + ms)
  }
}
