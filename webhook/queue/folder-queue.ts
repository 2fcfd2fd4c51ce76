import { NEVER, type Folder, type Proof } from '../../models/folder.ts'
import { LeaseLostError } from '../errors.ts'
import {
  FolderMarks,
  fromTheStart,
  released,
  type FolderUpdate,
  type MarkParts,
} from './folder-marks.ts'

/** The right to work on a folder, until `until`. Every write of a pass names the token; a later claim outdates it. */
export type Lease = { folderId: string; token: number; seqAtClaim: number; claimedAt: Date }
export type ClaimedFolder = { folder: Folder; lease: Lease }

/** Where a pass is after an applied page. */
export type PageProgress = {
  cursor: string
  /** The round is over with this page. */
  isLast: boolean
  /** Messages to add to the progress of the first pass. */
  backfilled: number
  /** Messages to ask for in the next page. */
  pageSize: number
  /** New mail up to this bell needs no fetching ahead; `at`: since it was fetched so then. */
  peeked?: { seq: number; at: Date | null } | undefined
}

/** How a pass failed. `progressed`: it had applied something, so this is the first failure of a row. */
export type PassFailure = {
  retryAt: Date
  errorCode: string
  progressed?: boolean
  pageSize?: number
}

/**
 * The work queue: one small document per folder, in which a thousand bells are one owed pass (reliability 4.1).
 *
 *   idle --ring--> due --claim--> leased --finish--> idle (or due again, when a bell rang meanwhile)
 *                                   |--fail---> due later
 *                                   `--lease runs out--> due: claimed by another, the old token is void
 */
export class FolderQueue extends FolderMarks {
  constructor(protected override readonly parts: MarkParts & { owner: string; leaseMs: number }) {
    super(parts)
  }

  /** When this process last took a folder that rang and was read before: somebody waits for its mail. In ms; 0: never. */
  private tookNewMailAt = 0

  /** How long ago this process was last busy with new mail, in ms. */
  get sinceNewMailMs(): number {
    return this.parts.clock.now().getTime() - this.tookNewMailAt
  }

  /** The folder that has been due longest, leased to us; null when none is due. */
  async claim(): Promise<ClaimedFolder | null> {
    const { clock, owner } = this.parts
    const now = clock.now()
    const until = this.leaseEnd()
    const was = await this.folders
      .findOneAndUpdate(
        { watched: true, dueAt: { $lte: now }, 'lease.until': { $lte: now } },
        { $inc: { 'lease.token': 1 }, $set: { 'lease.owner': owner, 'lease.until': until } },
        { sort: { dueAt: 1 }, returnDocument: 'before' },
      )
      .lean()
    if (!was) return null
    if (was.backfill.finishedAt && was.rangAt < NEVER) this.tookNewMailAt = now.getTime()
    const { _id: folderId, dirtySeq: seqAtClaim } = was
    const token = was.lease.token + 1
    const lease = { folderId, token, seqAtClaim, claimedAt: now }
    if (was.lease.owner === null)
      return { folder: { ...was, lease: { owner, token, until } }, lease }
    // Nobody gave it back. Until this is written down, the next one to claim it finds our own name.
    return { folder: await this.fenced(lease, { $set: { isOrphaned: true } }), lease }
  }

  /** What whoever lost it had stored is accounted for. */
  async accountedFor(lease: Lease): Promise<Folder> {
    return this.fenced(lease, { $set: { isOrphaned: false } })
  }

  /** Keeps the lease. Throws LeaseLostError when another worker has it: then nothing more may be written. */
  async extend(lease: Lease): Promise<void> {
    await this.fenced(lease, { $set: { 'lease.until': this.leaseEnd() } })
  }

  /**
   * Moves the cursor past an applied page and extends the lease. Answers with the folder as it is now: a bell may have
   * rung. Throws LeaseLostError when fenced out.
   */
  async advance(lease: Lease, progress: PageProgress): Promise<Folder> {
    const { cursor, isLast, pageSize, backfilled, peeked } = progress
    return this.fenced(lease, {
      $set: {
        ...{ cursor, pageSize, midRound: !isLast },
        'lease.until': this.leaseEnd(),
        ...(peeked && { peekedSeq: peeked.seq }),
        ...(isLast && { lastSyncAt: this.parts.clock.now(), lastErrorCode: null }),
      },
      $inc: { 'backfill.done': backfilled },
      ...(peeked?.at && { $max: { rangAt: peeked.at } }),
    })
  }

  async finishBackfill(lease: Lease): Promise<Folder> {
    return this.fenced(lease, { $set: { 'backfill.finishedAt': this.parts.clock.now() } })
  }

  /**
   * The cursor is worthless (410), or too much is missing: the next pass starts the folder over; what is known stays
   * known. `backfillAgain` shows it as progress from 0. `compareAfter`: what was deleted meanwhile no cursor will tell, so
   * the ids are compared when the folder was read.
   */
  async restart(
    lease: Lease,
    { backfillAgain = false, compareAfter = false } = {},
  ): Promise<Folder> {
    const proofDueAt = this.parts.clock.now()
    return this.fenced(lease, {
      $set: { ...fromTheStart(backfillAgain), ...(compareAfter && { proofDueAt }) },
    })
  }

  /**
   * Saves a proof. `wasDueAt` is when it was due as read before comparing: a doubt that was raised meanwhile stays, and
   * the ids are compared again.
   */
  async proven(
    { folderId: _id, token }: Lease,
    { proof, proofDueAt, wasDueAt }: { proof: Proof; proofDueAt: Date; wasDueAt: Date },
  ): Promise<void> {
    const undoubted = await this.folders.updateOne(
      { _id, 'lease.token': token, proofDueAt: wasDueAt },
      { $set: { proof, proofDueAt, 'lease.until': this.leaseEnd() } },
    )
    if (undoubted.matchedCount === 0)
      await this.fenced({ folderId: _id, token }, { $set: { proof } })
  }

  /**
   * Gives the folder back until `nextDueAt`; due again soon when a bell rang during the pass. One that rings without end is
   * left alone until two gathering times after it was claimed, so that its passes leave room for other work.
   */
  async finish(lease: Lease, nextDueAt: Date, rhythm?: Folder['rhythm']): Promise<void> {
    const { folderId: _id, token, seqAtClaim, claimedAt } = lease
    const done = { ...released, doneSeq: seqAtClaim, attempts: 0, ...(rhythm && { rhythm }) }
    // One write decides between the two ends, so that no crash can lose the bell that rang meanwhile.
    const quiet = await this.folders.updateOne(
      { _id, 'lease.token': token, dirtySeq: seqAtClaim },
      { $set: { ...done, dueAt: nextDueAt, rangAt: NEVER } },
    )
    if (quiet.matchedCount > 0) return
    const { coalesceMs } = this.parts
    const dueAt = this.later(coalesceMs)
    // Not by `dueAt`, which the next bell brings forward.
    const rest = { 'lease.until': new Date(claimedAt.getTime() + 2 * coalesceMs) }
    await this.fenced(lease, { $set: { ...done, ...rest, dueAt }, $max: { rangAt: claimedAt } })
  }

  /** Gives the folder back to be tried again at `retryAt`. */
  async fail(lease: Lease, failure: PassFailure): Promise<void> {
    const { retryAt: dueAt, errorCode: lastErrorCode, progressed, pageSize } = failure
    await this.fenced(lease, {
      $set: {
        ...{ ...released, dueAt, lastErrorCode },
        ...(progressed && { attempts: 1 }),
        ...(pageSize !== undefined && { pageSize }),
      },
      ...(!progressed && { $inc: { attempts: 1 } }),
    })
  }

  /**
   * Gives the folder back unfinished, for anybody to go on: this worker is stopping, or others have waited. `restMs` later
   * only, unless a bell has rung.
   */
  async giveBack(lease: Lease, restMs = 0): Promise<void> {
    if (restMs > 0 && (await this.rested(lease, restMs))) return
    await this.fenced(lease, { $set: { ...released, dueAt: this.parts.clock.now() } })
  }

  /** False when a bell has rung since the claim, or the lease is lost. One write, so that no bell waits for the rest. */
  private async rested(
    { folderId: _id, token, seqAtClaim }: Lease,
    restMs: number,
  ): Promise<boolean> {
    const { matchedCount } = await this.folders.updateOne(
      { _id, 'lease.token': token, dirtySeq: seqAtClaim },
      { $set: { ...released, dueAt: this.later(restMs) } },
    )
    return matchedCount > 0
  }

  private async fenced(
    { folderId: _id, token }: Pick<Lease, 'folderId' | 'token'>,
    update: FolderUpdate,
  ): Promise<Folder> {
    const folder = await this.folders
      .findOneAndUpdate({ _id, 'lease.token': token }, update, { returnDocument: 'after' })
      .lean()
    if (!folder) throw new LeaseLostError('Another worker has taken this folder over.')
    return folder
  }

  private leaseEnd(): Date {
    return this.later(this.parts.leaseMs)
  }
}
