import type { Connection } from 'mongoose'
import { mailboxModel, type Mailbox } from '../../models/mailbox.ts'
import { idOf } from '../ids.ts'
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
    if (!(await createOnce(() => this.mailboxes.create({ ...mailbox, _id, status }))))
      await this.mailboxes.updateOne(
        { _id },
        {
          $set: {
            status,
            lastErrorCode: null,
            authMode: mailbox.authMode,
            homeAccountId: mailbox.homeAccountId,
          },
        },
      )
    const connected = await this.find(_id)
    if (!connected) throw new Error('a connected mailbox vanished')
    return connected
  }

  async find(_id: string): Promise<Mailbox | null> {
    return this.mailboxes.findOne({ _id }).lean()
  }

  async ownedBy(workspaceId: string, ownerUserId: string): Promise<Mailbox[]> {
    return this.mailboxes.find({ workspaceId, ownerUserId }).sort({ address: 1 }).lean()
  }

  async inWorkspace(workspaceId: string): Promise<Mailbox[]> {
    return this.mailboxes.find({ workspaceId }).sort({ address: 1 }).lean()
  }

  /** The provider refused the credential: nothing is asked for this mailbox until the person comes back. */
  async needsReconnect(_id: string, lastErrorCode: string): Promise<void> {
    await this.mailboxes.updateOne({ _id }, { $set: { status: 'reconnect-needed', lastErrorCode } })
  }
}
