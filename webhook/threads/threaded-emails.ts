import type { Connection } from 'mongoose'
import { emailModel } from '../../models/email.ts'
import type { Place } from '../contacts/cursor.ts'
import { visibleTo, type Reader } from '../store/emails/email-reader.ts'

type OfThread = { threadId: string; reader: Reader }

/** Which e-mails are in which thread; nothing of that is sealed. */
export class ThreadedEmails {
  private readonly emails

  constructor(db: Connection) {
    this.emails = emailModel(db)
  }

  /** Puts e-mails into threads, whatever they were in. */
  async put(moves: { emailIds: string[]; threadId: string }[]): Promise<void> {
    await this.emails.bulkWrite(
      moves.map(({ emailIds, threadId }) => ({
        updateMany: { filter: { _id: { $in: emailIds } }, update: { $set: { threadId } } },
      })),
      { ordered: false, throwOnValidationError: true },
    )
  }

  /** Brings up to `most` e-mails from one thread to another; the answer is how many. */
  async bring(
    { workspaceId, from, to }: { workspaceId: string; from: string; to: string },
    most: number,
  ): Promise<number> {
    const found = await this.emails
      .find({ workspaceId, threadId: from })
      .select({ _id: 1 })
      .limit(most)
      .lean()
    if (found.length > 0) await this.put([{ emailIds: found.map(({ _id }) => _id), threadId: to }])
    return found.length
  }

  /** The oldest first. */
  async page(
    { threadId, reader }: OfThread,
    { limit, behind }: { limit: number; behind: Place | null },
  ): Promise<Place[]> {
    const of = visibleIn({ threadId, reader })
    const found = await this.emails
      .find(behind ? { $and: [of, newerThan(behind)] } : of)
      .select({ receivedAt: 1 })
      .sort({ receivedAt: 1, _id: 1 })
      .limit(limit)
      .lean()
    return found.map(({ _id, receivedAt }) => ({ at: receivedAt, id: _id }))
  }

  async count(of: OfThread): Promise<number> {
    return this.emails.countDocuments(visibleIn(of))
  }
}

/** Written so that it is looked up by the thread, which is less than all the mail of a person. */
const visibleIn = ({ threadId, reader }: OfThread) => ({
  workspaceId: reader.workspaceId,
  threadId,
  $or: [visibleTo(reader)],
})

const newerThan = ({ at, id }: Place) => ({
  $or: [{ receivedAt: { $gt: at } }, { receivedAt: at, _id: { $gt: id } }],
})
