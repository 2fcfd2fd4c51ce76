import type { Connection } from 'mongoose'
import { mailboxModel, type Mailbox, type MailboxSettings } from '../../models/mailbox.ts'
import { DAY } from '../duration.ts'
import { idOf } from '../keys/ids.ts'
import { statusFor, type Trouble } from '../sign-in/decide/trouble.ts'
import { createOnce } from './duplicate.ts'

export type NewMailbox = Pick<
  Mailbox,
  | 'workspaceId'
  | 'providerUserId'
  | 'address'
  | 'displayName'
  | 'authMode'
  | 'ownerUserId'
  | 'homeAccountId'
>

/** A mailbox that somebody must free is looked at again this often. */
const RECHECK_MS = DAY

/** What ends every trouble. A refusal of the credential before it, told late, changes nothing any more. */
const good = {
  $set: { status: 'connected' as const, trouble: null, recheckAt: null },
  $inc: { credentialSeq: 1 },
}

/** Connected mailboxes. */
export class MailboxStore {
  private readonly mailboxes

  constructor(db: Connection) {
    this.mailboxes = mailboxModel(db)
  }

  /** Connects a mailbox, or connects it again: its credential is good from now on. */
  async connect(mailbox: NewMailbox): Promise<Mailbox> {
    const _id = idOf('mailbox', mailbox.workspaceId, mailbox.providerUserId)
    const status = 'connected' as const
    const { authMode, homeAccountId } = mailbox
    if (!(await createOnce(() => this.mailboxes.create({ ...mailbox, _id, status }))))
      await this.mailboxes.updateOne(
        { _id },
        { ...good, $set: { ...good.$set, authMode, homeAccountId } },
      )
    return this.get(_id)
  }

  async find(_id: string): Promise<Mailbox | null> {
    return this.mailboxes.findOne({ _id }).lean()
  }

  /** In whatever workspace: for those who run the service. */
  async everywhere(): Promise<Mailbox[]> {
    return this.mailboxes.find().sort({ address: 1 }).lean()
  }

  /** As `everywhere`; an address is kept in lower case. */
  async withAddress(address: string): Promise<Mailbox[]> {
    return this.mailboxes.find({ address: address.toLowerCase() }).lean()
  }

  async ownedBy(workspaceId: string, ownerUserId: string): Promise<Mailbox[]> {
    return this.mailboxes.find({ workspaceId, ownerUserId }).sort({ address: 1 }).lean()
  }

  async inWorkspace(workspaceId: string): Promise<Mailbox[]> {
    return this.mailboxes.find({ workspaceId }).sort({ address: 1 }).lean()
  }

  /**
   * The provider refused the credential that `mailbox`, as it was read before the call, had: nothing more is asked for
   * it. Changes nothing when it was connected again meanwhile.
   */
  async refused(
    mailbox: Pick<Mailbox, '_id' | 'credentialSeq' | 'trouble'>,
    { action, code }: Trouble,
    now: Date,
  ): Promise<void> {
    const status = statusFor(action)
    const isSame = mailbox.trouble?.action === action && mailbox.trouble.code === code
    const since = isSame ? mailbox.trouble?.since : now
    const recheckAt = status === 'blocked' ? new Date(now.getTime() + RECHECK_MS) : null
    await this.mailboxes.updateOne(
      { _id: mailbox._id, credentialSeq: mailbox.credentialSeq },
      { $set: { status, trouble: { action, code, since }, recheckAt } },
    )
  }

  /** A blocked mailbox can be read again. */
  async recovered(_id: string): Promise<void> {
    await this.mailboxes.updateOne({ _id, status: 'blocked' }, good)
  }

  async dueForRecheck(now: Date, most: number): Promise<Mailbox[]> {
    return this.mailboxes
      .find({ status: 'blocked', recheckAt: { $lte: now } })
      .sort({ recheckAt: 1 })
      .limit(most)
      .lean()
  }

  /** Puts the next look off; only one of several instances wins, so that the provider is asked once. */
  async postponeRecheck({ _id, recheckAt }: Mailbox, until: Date): Promise<boolean> {
    const { modifiedCount } = await this.mailboxes.updateOne(
      { _id, status: 'blocked', recheckAt },
      { $set: { recheckAt: until } },
    )
    return modifiedCount === 1
  }

  /** Whoever runs FlowCRM has just started it: perhaps with a better secret. */
  async recheckOperatorTroubles(now: Date): Promise<void> {
    await this.mailboxes.updateMany(
      { status: 'blocked', 'trouble.action': 'operator' },
      { $set: { recheckAt: now } },
    )
  }

  async saveSettings(_id: string, settings: MailboxSettings): Promise<Mailbox> {
    await this.mailboxes.updateOne({ _id }, { $set: { settings } })
    return this.get(_id)
  }

  /** Null: it goes on. Pausing what is paused changes nothing. */
  async pause(_id: string, paused: Mailbox['paused']): Promise<Mailbox> {
    const filter = paused ? { _id, paused: null } : { _id }
    await this.mailboxes.updateOne(filter, { $set: { paused } })
    return this.get(_id)
  }

  /** It is this person's own: they own it from now on, and what was seen in it is handed over to them. */
  async giveTo(ownerUserId: string, { _id, ownerUserId: from }: Mailbox, now: Date): Promise<void> {
    await this.mailboxes.updateOne(
      { _id, ownerUserId: from },
      { $set: { ownerUserId, handover: { from, at: now } } },
    )
  }

  async handingOver(): Promise<Mailbox[]> {
    return this.mailboxes.find({ 'handover.at': { $gt: new Date(0) } }).lean()
  }

  /** All of it is theirs; unless it changed hands again meanwhile. */
  async handedOver(_id: string, { at }: { at: Date }): Promise<void> {
    await this.mailboxes.updateOne({ _id, 'handover.at': at }, { $set: { handover: null } })
  }

  /** Connected mailboxes whose folders are to be looked at again. */
  async dueForFolderLook(now: Date, most: number): Promise<Mailbox[]> {
    return this.mailboxes
      .find({ status: 'connected', folderLookAt: { $lte: now } })
      .sort({ folderLookAt: 1 })
      .limit(most)
      .lean()
  }

  /** As `postponeRecheck`, of the look at its folders. */
  async postponeFolderLook({ _id, folderLookAt }: Mailbox, until: Date): Promise<boolean> {
    const { modifiedCount } = await this.mailboxes.updateOne(
      { _id, folderLookAt },
      { $set: { folderLookAt: until } },
    )
    return modifiedCount === 1
  }

  private async get(_id: string): Promise<Mailbox> {
    const mailbox = await this.find(_id)
    if (!mailbox) throw new Error('a mailbox vanished')
    return mailbox
  }
}
