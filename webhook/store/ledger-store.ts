import type { Connection } from 'mongoose'
import { ledgerEntryModel, type LedgerEntry } from '../../models/ledger-entry.ts'
import { idOf } from '../ids.ts'
import { createManyOnce } from './duplicate.ts'

/** What the ledger is to say of one message. */
export type Account = Pick<
  LedgerEntry,
  | 'workspaceId'
  | 'mailboxId'
  | 'messageId'
  | 'folderId'
  | 'state'
  | 'reason'
  | 'ruleVersion'
  | 'receivedAt'
> & { emailId: string | null }

/** One entry per message id and mailbox, whatever became of the message. */
export class LedgerStore {
  private readonly entries

  constructor(db: Connection) {
    this.entries = ledgerEntryModel(db)
  }

  async known(mailboxId: string, messageIds: string[]): Promise<Map<string, LedgerEntry>> {
    const entries = await this.entries.find({ mailboxId, messageId: { $in: messageIds } }).lean()
    return new Map(entries.map((entry) => [entry.messageId, entry]))
  }

  /** Writes the accounts of one page: new ones by insert, known ones by update. Repeating it changes nothing. */
  async apply(accounts: Account[], now: Date): Promise<void> {
    if (accounts.length === 0) return
    const entries = accounts.map((account) => ({
      ...account,
      _id: idOf('ledger', account.mailboxId, account.messageId),
      seenAt: now,
      decidedAt: now,
    }))
    const thereAlready = await createManyOnce(() =>
      this.entries.bulkWrite(
        entries.map((document) => ({ insertOne: { document } })),
        { ordered: false, throwOnValidationError: true },
      ),
    )
    if (thereAlready.size === 0) return
    await this.entries.bulkWrite(
      entries
        .filter((_, position) => thereAlready.has(position))
        .map(({ _id, seenAt: _seenFirst, ...account }) => ({
          updateOne: { filter: { _id }, update: { $set: account } },
        })),
      { ordered: false, throwOnValidationError: true },
    )
  }

  /** A message left this folder. An entry that meanwhile belongs to another folder is left alone. */
  async gone(folderId: string, messageIds: string[], reason: string, now: Date): Promise<void> {
    if (messageIds.length === 0) return
    await this.entries.updateMany(
      { folderId, messageId: { $in: messageIds } },
      { $set: { state: 'gone', reason, decidedAt: now } },
    )
  }

  /** Stored messages that are in another folder of the mailbox now. */
  async moved(
    mailboxId: string,
    messageIds: string[],
    to: { folderId: string; now: Date },
  ): Promise<void> {
    if (messageIds.length === 0) return
    await this.entries.updateMany(
      { mailboxId, messageId: { $in: messageIds } },
      { $set: { folderId: to.folderId, decidedAt: to.now } },
    )
  }

  /** The ids the ledger says the folder holds now. */
  async idsIn(folderId: string): Promise<Set<string>> {
    const ids = new Set<string>()
    const present = this.entries
      .find({ folderId, state: { $in: ['pending', 'stored', 'excluded', 'failed'] } })
      .select({ messageId: 1 })
      .lean()
      .cursor({ batchSize: 1_000 })
    for await (const { messageId } of present) ids.add(messageId)
    return ids
  }
}
