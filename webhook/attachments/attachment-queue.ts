import type { Connection } from 'mongoose'
import { attachmentWorkModel, type AttachmentWork } from '../../models/attachments/work.ts'
import { NEVER } from '../../models/folder.ts'
import type { Clock } from '../clock.ts'
import { insertNew } from '../store/duplicate.ts'

export type QueueParts = { db: Connection; clock: Clock; leaseMs: number }

/** How a try ended. `dueAt` is when it is tried again; null: everything is settled. */
export type TryEnd = Partial<Pick<AttachmentWork, 'attempts' | 'scans' | 'lastErrorCode'>> & {
  dueAt: Date | null
}

const LONG_AGO = new Date(0)
/** How a try ends when no mailbox has the message any more. */
export const GONE = 'item-not-found'

/** Which e-mails' attachments are to be fetched: one small document each, so that it is nobody's round that waits. */
export class AttachmentQueue {
  private readonly work

  /** How often a lease is to be extended. */
  readonly keepEveryMs: number

  constructor(private readonly parts: QueueParts) {
    this.work = attachmentWorkModel(parts.db)
    this.keepEveryMs = parts.leaseMs / 4
  }

  /**
   * These e-mails have attachments. What is settled stays so; what is not is tried at once, as there may be another copy to
   * fetch it from. Repeatable.
   */
  async want(emails: { emailId: string; workspaceId: string }[]): Promise<void> {
    if (emails.length === 0) return
    const dueAt = this.parts.clock.now()
    const thereAlready = await insertNew(
      this.work,
      emails.map(({ emailId, workspaceId }) => ({
        ...{ _id: emailId, workspaceId, dueAt, open: true, wants: 0, attempts: 0, scans: 0 },
        ...{ lastErrorCode: null, lease: { token: 0, until: LONG_AGO } },
      })),
    )
    const _ids = emails.filter((_, at) => thereAlready.has(at)).map(({ emailId }) => emailId)
    if (_ids.length === 0) return
    await this.work.updateMany({ _id: { $in: _ids } }, { $inc: { wants: 1 } })
    const unfinished = [{ open: true }, { lastErrorCode: GONE }]
    await this.work.updateMany(
      { _id: { $in: _ids }, $or: unfinished },
      { $set: { open: true }, $min: { dueAt } },
    )
  }

  /** Settled ones, too: something about them has changed. */
  async again(emailIds: string[]): Promise<void> {
    const dueAt = this.parts.clock.now()
    await this.work.updateMany(
      { _id: { $in: emailIds } },
      { $set: { open: true, attempts: 0 }, $min: { dueAt }, $inc: { wants: 1 } },
    )
  }

  /** What waits in this workspace is tried at once: a mailbox of it can be asked again. */
  async soon(workspaceId: string): Promise<void> {
    const dueAt = this.parts.clock.now()
    const waiting = { dueAt: { $gt: dueAt, $lt: NEVER }, workspaceId }
    await this.work.updateMany(waiting, { $min: { dueAt }, $inc: { wants: 1 } })
  }

  /** What has been due longest, leased to us; null when nothing is due. */
  async claim(): Promise<AttachmentWork | null> {
    const now = this.parts.clock.now()
    return this.work
      .findOneAndUpdate(
        { dueAt: { $lte: now }, 'lease.until': { $lte: now } },
        { $inc: { 'lease.token': 1 }, $set: { 'lease.until': this.leaseEnd() } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean()
  }

  /** False when another has it now. */
  async extend({ _id, lease }: AttachmentWork): Promise<boolean> {
    const kept = await this.work.updateOne(
      { _id, 'lease.token': lease.token },
      { $set: { 'lease.until': this.leaseEnd() } },
    )
    return kept.matchedCount > 0
  }

  /** Says nothing when another has it now. What somebody wanted meanwhile is tried at once. */
  async end({ _id, lease, wants }: AttachmentWork, { dueAt, ...rest }: TryEnd): Promise<void> {
    const own = { _id, 'lease.token': lease.token }
    const known = { ...rest, 'lease.until': LONG_AGO }
    if (dueAt === null) {
      const settled = { ...known, dueAt: NEVER, open: false }
      const quiet = await this.work.updateOne({ ...own, wants }, { $set: settled })
      if (quiet.matchedCount > 0) return
    }
    const again = { ...known, dueAt: dueAt ?? this.parts.clock.now(), open: true }
    await this.work.updateOne(own, { $set: again })
  }

  /** The e-mail is no more; unless it came back just now. */
  async forget({ _id, wants }: Pick<AttachmentWork, '_id' | 'wants'>): Promise<void> {
    await this.work.deleteOne({ _id, wants })
  }

  /** Null when nobody ever wanted this e-mail's attachments. */
  async find(emailId: string): Promise<AttachmentWork | null> {
    return this.work.findOne({ _id: emailId }).lean()
  }

  private leaseEnd(): Date {
    return new Date(this.parts.clock.now().getTime() + this.parts.leaseMs)
  }
}
