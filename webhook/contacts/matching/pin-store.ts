import type { Connection } from 'mongoose'
import { pinModel, type Pin } from '../../../models/contacts/pin.ts'
import { idOf } from '../../keys/ids.ts'
import { createOnce } from '../../store/duplicate.ts'

export type NewPin = Omit<Pin, '_id'>

/** What people said about whom an e-mail belongs to. */
export class PinStore {
  private readonly pins

  constructor(db: Connection) {
    this.pins = pinModel(db)
  }

  /** Says it, or says it otherwise: the last word counts, by its time. */
  async put(pin: NewPin): Promise<void> {
    const _id = idOf('pin', pin.workspaceId, pin.emailId, pin.contactId)
    const { belongs, byUserId, at, threadId, ownThreadKey } = pin
    if (await createOnce(() => this.pins.create({ _id, ...pin }))) return
    await this.pins.updateOne(
      { _id, at: { $lte: at } },
      { $set: { belongs, byUserId, at, threadId, ownThreadKey } },
    )
  }

  /** Takes a word back. False: there was none. */
  async remove({
    workspaceId,
    emailId,
    contactId,
  }: Pick<Pin, 'workspaceId' | 'emailId' | 'contactId'>): Promise<boolean> {
    const _id = idOf('pin', workspaceId, emailId, contactId)
    return (await this.pins.deleteOne({ _id })).deletedCount === 1
  }

  /** What was said of a thread is said of another from now on. */
  async follow({ workspaceId, from, to }: Record<'workspaceId' | 'from' | 'to', string>) {
    await this.pins.updateMany({ workspaceId, threadId: from }, { $set: { threadId: to } })
  }

  async areOn(workspaceId: string, threadId: string): Promise<boolean> {
    return (await this.pins.countDocuments({ workspaceId, threadId })) > 0
  }

  /** On these e-mails, or on their threads. */
  async about(
    workspaceId: string,
    emails: readonly { _id: string; threadId: string | null }[],
  ): Promise<Pin[]> {
    const ids = emails.map(({ _id }) => _id)
    const threads = [...new Set(emails.flatMap(({ threadId }) => threadId ?? []))]
    const places = [
      { emailId: { $in: ids } },
      ...(threads.length > 0 ? [{ threadId: { $in: threads } }] : []),
    ]
    return this.pins.find({ workspaceId, $or: places }).lean()
  }
}
