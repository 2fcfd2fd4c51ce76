import type { Connection } from 'mongoose'
import { folderModel } from '../../../models/folder.ts'
import { mailboxModel, type Mailbox } from '../../../models/mailbox.ts'
import type { MailboxEnding } from '../../../models/ending/mailbox-ending.ts'

/** A disconnected mailbox of which something is still to be put away. */
export type Disconnected = Pick<Mailbox, '_id' | 'workspaceId'> & { ending: MailboxEnding }

/** Nothing is asked for it from then on, and a refusal that is told late changes nothing. */
const stopped = {
  $set: { status: 'disconnected' as const, trouble: null, recheckAt: null, paused: null },
  $inc: { credentialSeq: 1 },
}

/** Marks of mailboxes that are disconnected. Each write names when that was: who connects it again makes them void. */
export class DisconnectionStore {
  private readonly mailboxes
  private readonly folders

  constructor(db: Connection) {
    this.mailboxes = mailboxModel(db)
    this.folders = folderModel(db)
  }

  /** Says nothing when it is disconnected already. */
  async begin(_id: string, ending: MailboxEnding): Promise<void> {
    await this.mailboxes.updateOne(
      { _id, status: { $ne: 'disconnected' } },
      { ...stopped, $set: { ...stopped.$set, ending } },
    )
  }

  /** Of a whole workspace that ends: nothing is put away mailbox by mailbox. The answer is all mailboxes it ever had. */
  async stopAll(workspaceId: string): Promise<string[]> {
    await this.mailboxes.updateMany(
      { workspaceId },
      { ...stopped, $set: { ...stopped.$set, ending: null } },
    )
    const all = await this.mailboxes.find({ workspaceId }).select({ _id: 1 }).lean()
    return all.map(({ _id }) => _id)
  }

  /** The one that has been due longest, put off so that one instance alone goes on with it. */
  async claim(now: Date, until: Date): Promise<Disconnected | null> {
    const found = await this.mailboxes
      .findOneAndUpdate(
        { 'ending.dueAt': { $lte: now } },
        { $set: { 'ending.dueAt': until } },
        { sort: { 'ending.dueAt': 1 }, returnDocument: 'after' },
      )
      .select({ workspaceId: 1, ending: 1 })
      .lean()
    return found?.ending
      ? { _id: found._id, workspaceId: found.workspaceId, ending: found.ending }
      : null
  }

  /** Nobody has connected it again. */
  async stands({ _id, ending }: Disconnected): Promise<boolean> {
    return (await this.mailboxes.exists({ _id, 'ending.at': ending.at })) !== null
  }

  async save({ _id, ending }: Disconnected, changes: Partial<MailboxEnding>): Promise<void> {
    const fields = Object.entries(changes).map(([field, value]) => [`ending.${field}`, value])
    await this.mailboxes.updateOne(
      { _id, 'ending.at': ending.at },
      { $set: Object.fromEntries(fields) as Record<string, unknown> },
    )
  }

  async advance({ _id, ending }: Disconnected, count: number): Promise<void> {
    await this.mailboxes.updateOne(
      { _id, 'ending.at': ending.at },
      { $inc: { 'ending.done': count } },
    )
  }

  /** Everything is put away. */
  async finish({ _id, ending }: Disconnected): Promise<void> {
    await this.mailboxes.updateOne({ _id, 'ending.at': ending.at }, { $set: { ending: null } })
  }

  async folderIdsOf(mailboxId: string): Promise<string[]> {
    const all = await this.folders.find({ mailboxId }).select({ _id: 1 }).lean()
    return all.map(({ _id }) => _id)
  }

  /** Whether another mailbox is read with the same tokens. */
  async sharesTokens({ _id, workspaceId, authMode, homeAccountId }: Mailbox): Promise<boolean> {
    const others = { workspaceId, status: { $ne: 'disconnected' as const }, _id: { $ne: _id } }
    const found =
      authMode === 'app'
        ? await this.mailboxes.exists({ ...others, authMode })
        : await this.mailboxes.exists({ ...others, homeAccountId })
    return found !== null
  }
}
