import type { Connection } from 'mongoose'
import { emailModel } from '../../../models/email.ts'
import { retentionRunModel, type RetentionRun } from '../../../models/ending/retention-run.ts'
import { createOnce } from '../../store/duplicate.ts'
import type { Withdrawal } from '../../store/sighting-store.ts'

/** An e-mail that is past its time: its sightings, and the messages in mailboxes whose accounts name it. */
export type Expired = {
  emailId: string
  withdrawals: Withdrawal[]
  messages: { mailboxId: string; messageId: string }[]
}

/** What is past its time, and how far its removal has come. */
export class RetentionStore {
  private readonly runs
  private readonly emails

  constructor(db: Connection) {
    this.runs = retentionRunModel(db)
    this.emails = emailModel(db)
  }

  /** The workspace's run when it is due, put off so that one instance alone makes it. */
  async claim(workspaceId: string, now: Date, until: Date): Promise<RetentionRun | null> {
    const first = { _id: workspaceId, workspaceId, dueAt: now }
    const claimed = () =>
      this.runs
        .findOneAndUpdate(
          { _id: workspaceId, dueAt: { $lte: now } },
          { $set: { dueAt: until } },
          { returnDocument: 'after' },
        )
        .lean()
    const there = await claimed()
    if (there || !(await createOnce(() => this.runs.create(first)))) return there
    return claimed()
  }

  async save(_id: string, changes: Partial<RetentionRun>): Promise<void> {
    await this.runs.updateOne({ _id }, { $set: changes })
  }

  /** Mail is kept for ever from now on: what is not removed yet stays. */
  async lift(workspaceId: string): Promise<void> {
    const begun = { _id: workspaceId, cutoff: { $gt: new Date(0) } }
    await this.runs.updateOne(begun, { $set: { cutoff: null } })
  }

  async count(workspaceId: string, before?: Date): Promise<number> {
    return this.emails.countDocuments({
      workspaceId,
      ...(before && { receivedAt: { $lt: before } }),
    })
  }

  /** The oldest first. */
  async expired(workspaceId: string, before: Date, limit: number): Promise<Expired[]> {
    const found = await this.emails
      .find({ workspaceId, receivedAt: { $lt: before } })
      .sort({ receivedAt: 1 })
      .limit(limit)
      .select({ 'sightings.key': 1, 'sightings.mailboxId': 1, 'sightings.messageId': 1 })
      .lean()
    return found.map(({ _id: emailId, sightings }) => ({
      emailId,
      // Of one that nobody sees, none: it is removed all the same.
      withdrawals: (sightings.length > 0 ? sightings : [{ key: '' }]).map(({ key }) => ({
        ...{ emailId, key },
      })),
      messages: sightings.flatMap(({ mailboxId, messageId }) =>
        mailboxId && messageId ? [{ mailboxId, messageId }] : [],
      ),
    }))
  }
}
