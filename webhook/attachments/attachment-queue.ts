import type { Connection } from 'mongoose'
import { attachmentWorkModel, type AttachmentWork } from '../../models/attachments/work.ts'
import { NEVER } from '../../models/folder.ts'
import type { Clock } from '../clock.ts'
import { LONG_AGO, WorkQueue, type WorkEnd } from '../queue/work-queue.ts'
import { insertNew } from '../store/duplicate.ts'

export type QueueParts = { db: Connection; clock: Clock; leaseMs: number }

export type TryEnd = WorkEnd<AttachmentWork>

/** How a try ends when no mailbox has the message any more. */
export const GONE = 'item-not-found'

/** Which e-mails' attachments are to be fetched: one small document each, so that it is nobody's round that waits. */
export class AttachmentQueue extends WorkQueue<AttachmentWork> {
  private readonly work
  private readonly clock

  constructor({ db, clock, leaseMs }: QueueParts) {
    const work = attachmentWorkModel(db)
    super({ work, clock, leaseMs, told: { settled: { open: false }, open: { open: true } } })
    this.work = work
    this.clock = clock
  }

  /**
   * These e-mails have attachments. What is settled stays so; what is not is tried at once, as there may be another copy to
   * fetch it from. Repeatable.
   */
  async want(emails: { emailId: string; workspaceId: string }[]): Promise<void> {
    if (emails.length === 0) return
    const dueAt = this.clock.now()
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
    const dueAt = this.clock.now()
    await this.work.updateMany(
      { _id: { $in: emailIds } },
      { $set: { open: true, attempts: 0 }, $min: { dueAt }, $inc: { wants: 1 } },
    )
  }

  /** What waits in this workspace is tried at once: a mailbox of it can be asked again. */
  async soon(workspaceId: string): Promise<void> {
    const dueAt = this.clock.now()
    const waiting = { dueAt: { $gt: dueAt, $lt: NEVER }, workspaceId }
    await this.work.updateMany(waiting, { $min: { dueAt }, $inc: { wants: 1 } })
  }

  /** Null when nobody ever wanted this e-mail's attachments. */
  async find(emailId: string): Promise<AttachmentWork | null> {
    return this.work.findOne({ _id: emailId }).lean()
  }
}
