import type { Connection } from 'mongoose'
import { NEVER } from '../../models/folder.ts'
import { writeBackModel, type WriteBack } from '../../models/write-back/write-back.ts'
import type { Clock } from '../clock.ts'
import { LONG_AGO, WorkQueue } from '../queue/work-queue.ts'
import { insertNew } from '../store/duplicate.ts'
import { entryIdOf } from '../store/emails/sighting-key.ts'

/** One message of a mailbox. */
export type MessageName = { workspaceId: string; mailboxId: string; messageId: string }

/** `isFresh`: somebody waits for it, as it has come just now. */
export type Stored = MessageName & { isFresh: boolean }

/** A person has read it, or wants it unread. */
export type Wish = MessageName & { isRead: boolean }

export type WriteBackQueueParts = { db: Connection; clock: Clock; leaseMs: number }

const nameOf = ({ mailboxId, messageId }: MessageName) => entryIdOf(mailboxId, messageId)

/** What is to go back to mailboxes: one small document for each message, so that no round of reading waits for it. */
export class WriteBackQueue extends WorkQueue<WriteBack> {
  private readonly writeBacks
  private readonly clock

  constructor({ db, clock, leaseMs }: WriteBackQueueParts) {
    const work = writeBackModel(db)
    super({ work, clock, leaseMs, told: { settled: { isRead: null, isFresh: false }, open: {} } })
    this.writeBacks = work
    this.clock = clock
  }

  /** What somebody waits for first, then history. */
  override async claim(): Promise<WriteBack | null> {
    return (await super.claim({ isFresh: true })) ?? (await super.claim({ isFresh: false }))
  }

  /** These messages are in the CRM, and are to bear the category. One that has been marked stays as its people have it. Repeatable. */
  async stored(messages: Stored[]): Promise<void> {
    if (messages.length === 0) return
    const thereAlready = await this.insert(messages.map((one) => ({ ...one, isRead: null })))
    const _ids = messages.filter((_, at) => thereAlready.has(at)).map(nameOf)
    if (_ids.length === 0) return
    // Whoever is about to forget it must see that it is wanted.
    await this.writeBacks.updateMany({ _id: { $in: _ids } }, { $inc: { wants: 1 } })
    const dueAt = this.clock.now()
    await this.writeBacks.updateMany({ _id: { $in: _ids }, markedAt: null }, { $min: { dueAt } })
  }

  /** The last wish counts. */
  async wish(wishes: Wish[]): Promise<void> {
    const thereAlready = await this.insert(wishes.map((one) => ({ ...one, isFresh: true })))
    for (const wish of wishes.filter((_, at) => thereAlready.has(at)))
      await this.writeBacks.updateOne(
        { _id: nameOf(wish) },
        {
          $set: { isRead: wish.isRead, isFresh: true },
          $min: { dueAt: this.clock.now() },
          $inc: { wants: 1 },
        },
      )
  }

  /** What their owner has chosen of these messages, and their mailbox does not show yet; by the message. */
  async wishes(mailboxId: string, messageIds: string[]): Promise<Map<string, boolean>> {
    if (messageIds.length === 0) return new Map()
    const _id = { $in: messageIds.map((messageId) => entryIdOf(mailboxId, messageId)) }
    const found = await this.writeBacks
      .find({ _id, isRead: { $in: [true, false] } })
      .select({ messageId: 1, isRead: 1 })
      .lean()
    return new Map(found.map(({ messageId, isRead }) => [messageId, isRead === true]))
  }

  /** These messages, by their accounts, may have left the CRM: those that were marked are looked at again. */
  async again(entryIds: string[]): Promise<void> {
    if (entryIds.length === 0) return
    await this.writeBacks.updateMany(
      { _id: { $in: entryIds } },
      { $min: { dueAt: this.clock.now() }, $inc: { wants: 1 } },
    )
  }

  /** Nothing of this mailbox is tried before then. */
  async rest(mailboxId: string, until: Date): Promise<void> {
    await this.writeBacks.updateMany(
      { mailboxId, dueAt: { $lt: until } },
      { $set: { dueAt: until } },
    )
  }

  /** What waits for this mailbox is tried at once. */
  async soon(mailboxId: string): Promise<void> {
    const dueAt = this.clock.now()
    await this.writeBacks.updateMany(
      { mailboxId, dueAt: { $gt: dueAt, $lt: NEVER } },
      { $set: { dueAt } },
    )
  }

  private insert(messages: (Stored & Pick<WriteBack, 'isRead'>)[]): Promise<Set<number>> {
    const dueAt = this.clock.now()
    return insertNew(
      this.writeBacks,
      messages.map(({ workspaceId, mailboxId, messageId, isFresh, isRead }) => ({
        _id: entryIdOf(mailboxId, messageId),
        ...{ workspaceId, mailboxId, messageId, isFresh, isRead, dueAt, wants: 0 },
        ...{ markedAt: null, attempts: 0, lastErrorCode: null },
        lease: { token: 0, until: LONG_AGO },
      })),
    )
  }
}
