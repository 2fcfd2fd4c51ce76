import type { Connection } from 'mongoose'
import { attachmentModel } from '../../models/attachments/attachment.ts'
import { pinModel } from '../../models/contacts/pin.ts'
import { emailModel, type StoredEmail } from '../../models/email.ts'
import { ledgerEntryModel, type LedgerEntry } from '../../models/ledger-entry.ts'
import { after, type Place } from '../contacts/cursor.ts'
import { PersonalFollowUps } from '../follow-up/about-people.ts'
import { mailboxModel } from '../../models/mailbox.ts'
import { entryIdOf } from '../store/emails/sighting-key.ts'
import type { Subject } from './subject.ts'

/** What an erasure looks at of an e-mail; nothing of it is sealed. */
export type EmailTrace = Pick<StoredEmail, '_id' | 'receivedAt' | 'contactIds'> & {
  /** Accounts of its copies. */
  entryIds: string[]
}

type Of = Pick<Subject, 'workspaceId' | 'keys'>

const facts = {
  ...{ receivedAt: 1, contactIds: 1 },
  ...{ 'sightings.mailboxId': 1, 'sightings.messageId': 1 },
} as const

/** Where a person has left traces in mail: e-mails they take part in, what hangs on these, and accounts of messages. */
export class Traces {
  private readonly emails
  private readonly entries
  private readonly attachments
  private readonly pins
  private readonly followUps
  private readonly mailboxes

  constructor(db: Connection) {
    this.emails = emailModel(db)
    this.entries = ledgerEntryModel(db)
    this.attachments = attachmentModel(db)
    this.pins = pinModel(db)
    this.followUps = new PersonalFollowUps(db)
    this.mailboxes = mailboxModel(db)
  }

  async countEmails({ workspaceId, keys }: Of): Promise<number> {
    return this.emails.countDocuments({ workspaceId, partyKeys: { $in: keys } })
  }

  /** Newest first, behind a place; without one from the start. */
  async emailsOf(
    { workspaceId, keys }: Of,
    { limit, behind = null }: { limit: number; behind?: Place | null },
  ): Promise<EmailTrace[]> {
    const found = await this.emails
      .find({ workspaceId, partyKeys: { $in: keys }, ...after('receivedAt', behind) })
      .select(facts)
      .sort({ receivedAt: -1, _id: -1 })
      .limit(limit)
      .lean()
    return found.map(({ _id, receivedAt, contactIds, sightings }) => ({
      ...{ _id, receivedAt, contactIds },
      entryIds: sightings.flatMap(({ mailboxId, messageId }) =>
        mailboxId && messageId ? [entryIdOf(mailboxId, messageId)] : [],
      ),
    }))
  }

  /** How many were there. */
  async deleteEmails(ids: string[]): Promise<number> {
    return (await this.emails.deleteMany({ _id: { $in: ids } })).deletedCount
  }

  /** What goes along with these e-mails, and which blobs their attachments have. */
  async hangingOn({ workspaceId }: Of, { emailIds, entryIds }: Record<Ids, string[]>) {
    const attachments = await this.attachments
      .find({ emailId: { $in: emailIds } })
      .select({ blobId: 1 })
      .lean()
    return {
      attachments: attachments.length,
      blobIds: [...new Set(attachments.flatMap(({ blobId }) => blobId ?? []))],
      pins: await this.pins.countDocuments({ workspaceId, emailId: { $in: emailIds } }),
      ledgerEntries: await this.entries.countDocuments({ _id: { $in: entryIds } }),
    }
  }

  async removePins({ workspaceId }: Of, emailIds: string[]): Promise<void> {
    await this.pins.deleteMany({ workspaceId, emailId: { $in: emailIds } })
  }

  /** What people wrote about these e-mails. */
  async removeNotes({ workspaceId }: Of, emailIds: string[]): Promise<void> {
    await this.followUps.removeAbout({ workspaceId }, emailIds)
  }

  async accounts(ids: string[]): Promise<LedgerEntry[]> {
    return this.entries.find({ _id: { $in: ids } }).lean()
  }

  /** Accounts that say who sent the message, or who takes part in it. */
  async accountsNaming(of: Of, limit: number): Promise<string[]> {
    const found = await this.entries
      .find(await this.naming(of))
      .select({ _id: 1 })
      .limit(limit)
      .lean()
    return found.map(({ _id }) => _id)
  }

  /** Of messages that are not stored. */
  async countAccountsNaming(of: Of): Promise<number> {
    return this.entries.countDocuments({ ...(await this.naming(of)), emailId: null })
  }

  /** Accounts of messages that are not stored, some at a time. */
  async *accountsLeftOut(of: Of): AsyncGenerator<LedgerEntry> {
    const left = this.entries
      .find({ ...(await this.naming(of)), emailId: null })
      .lean<LedgerEntry[]>()
      .cursor({ batchSize: 500 })
    for await (const entry of left) yield entry
  }

  /** Two ways, each with an index of its own. Disconnected mailboxes keep their accounts. */
  private async naming({ workspaceId, keys }: Of) {
    const mailboxes = await this.mailboxes.find({ workspaceId }).select({ _id: 1 }).lean()
    const mailboxId = { $in: mailboxes.map(({ _id }) => _id) }
    return {
      $or: [
        { mailboxId, senderKey: { $in: keys } },
        { workspaceId, partyKeys: { $in: keys } },
      ],
    }
  }
}

type Ids = 'emailIds' | 'entryIds'
