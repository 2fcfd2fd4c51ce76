import type { Connection } from 'mongoose'
import {
  ledgerEntryModel,
  ledgerStates,
  MAX_HISTORY,
  type LedgerEntry,
  type LedgerEvent,
  type LedgerState,
} from '../../models/ledger-entry.ts'
import { noCrash, type CrashHook } from '../crash-points.ts'
import { LedgerMovedError } from '../errors.ts'
import { entryIdOf } from './emails/sighting-key.ts'
import { insertNew } from './duplicate.ts'

/** What the ledger is to say of one message. */
export type Account = Omit<LedgerEntry, '_id' | 'seenAt' | 'decidedAt' | 'rev' | 'history'>

/** One entry to be written: `was` is the entry as it was read, null when there was none. */
export type LedgerWrite = {
  was: Pick<LedgerEntry, '_id' | 'rev'> | null
  account: Account
  events: LedgerEvent[]
  at: Date
}

/** What the reconciler compares, of one entry. */
export type LedgerRow = Pick<LedgerEntry, 'messageId' | 'state' | 'reason' | 'emailId' | 'retryAt'>

export type LedgerCounts = Record<LedgerState, number>

const ROWS_AT_ONCE = 1_000
/** Where a message lies somewhere in the folder, as far as the ledger knows. */
const present = { $in: ledgerStates.filter((state) => state !== 'gone') }

/** One entry per message id and mailbox, whatever became of the message. */
export class LedgerStore {
  private readonly entries

  constructor(
    db: Connection,
    private readonly crash: CrashHook = noCrash,
    /** Told of what is durable. */
    private readonly onWritten: (writes: LedgerWrite[]) => void = () => undefined,
  ) {
    this.entries = ledgerEntryModel(db)
  }

  async known(mailboxId: string, messageIds: string[]): Promise<Map<string, LedgerEntry>> {
    if (messageIds.length === 0) return new Map()
    const entries = await this.entries.find({ mailboxId, messageId: { $in: messageIds } }).lean()
    return new Map(entries.map((entry) => [entry.messageId, entry]))
  }

  /** Those of these messages that have an account, whatever it says. */
  async named(mailboxId: string, messageIds: string[]): Promise<Set<string>> {
    if (messageIds.length === 0) return new Set()
    const entries = await this.entries
      .find({ mailboxId, messageId: { $in: messageIds } })
      .select({ _id: 0, messageId: 1 }) // so that the index alone answers
      .lean()
    return new Set(entries.map(({ messageId }) => messageId))
  }

  /**
   * Writes what a page decided: unknown messages by insert, known ones by compare-and-set. Throws LedgerMovedError when
   * another pass was faster with any of them; the others are written. Read, decide and write again then.
   */
  async write(writes: LedgerWrite[]): Promise<void> {
    const lostInserts = await this.insert(writes.filter(({ was }) => was === null))
    this.crash('ledger-inserted')
    const lostUpdates = await this.update(writes)
    if (lostInserts + lostUpdates > 0)
      throw new LedgerMovedError('The ledger was changed by another pass meanwhile.')
    this.onWritten(writes)
  }

  async byMessageId(mailboxId: string, messageId: string): Promise<LedgerEntry | null> {
    return this.entries.findOne({ mailboxId, messageId }).lean()
  }

  /** By the keyed digest of the Message-ID; copies of one message have several entries. */
  async byMessageIdKey(mailboxId: string, messageIdKey: string, limit = 25) {
    return this.entries.find({ mailboxId, messageIdKey }).limit(limit).lean<LedgerEntry[]>()
  }

  /** By the keyed digest of the sender's address and the time of receipt (both ends included), newest first. */
  async bySender(
    mailboxId: string,
    { senderKey, from, to }: { senderKey: string; from: Date; to: Date },
    limit = 25,
  ): Promise<LedgerEntry[]> {
    return this.entries
      .find({ mailboxId, senderKey, receivedAt: { $gte: from, $lte: to } })
      .sort({ receivedAt: -1 })
      .limit(limit)
      .lean()
  }

  /** What was left out for want of a contact, and names one of these addresses; the oldest id first, after `after`. */
  async withoutContact(
    { workspaceId, addressKeys }: { workspaceId: string; addressKeys: string[] },
    { after, limit }: { after: string; limit: number },
  ): Promise<LedgerEntry[]> {
    return this.entries
      .find({
        ...{ workspaceId, partyKeys: { $in: addressKeys }, _id: { $gt: after } },
        ...{ state: 'excluded', reason: 'no-contact' },
      })
      .sort({ _id: 1 })
      .limit(limit)
      .lean()
  }

  /** What the ledger says the folder holds now, `ROWS_AT_ONCE` rows at a time, in no order. */
  async *rowsIn(folderId: string): AsyncGenerator<LedgerRow[]> {
    const rows = this.entries
      .find({ folderId, state: present })
      .select({ _id: 0, messageId: 1, state: 1, reason: 1, emailId: 1, retryAt: 1 })
      .lean<LedgerRow[]>()
      .cursor({ batchSize: ROWS_AT_ONCE })
    let batch: LedgerRow[] = []
    for await (const row of rows) {
      batch.push(row)
      if (batch.length < ROWS_AT_ONCE) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }

  /** When the newest messages of a folder were received, newest first. */
  async newestReceived(folderId: string, limit: number): Promise<Date[]> {
    const newest = await this.entries
      .find({ folderId, state: present, receivedAt: { $gt: new Date(0) } })
      .sort({ receivedAt: -1 })
      .limit(limit)
      .select({ _id: 0, receivedAt: 1 })
      .lean<{ receivedAt: Date }[]>()
    return newest.map(({ receivedAt }) => receivedAt)
  }

  async countsOf(folderId: string): Promise<LedgerCounts> {
    const counts: LedgerCounts = { pending: 0, stored: 0, excluded: 0, failed: 0, gone: 0 }
    const found = await this.entries.aggregate<{ _id: LedgerState; count: number }>([
      { $match: { folderId } },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ])
    for (const { _id, count } of found) counts[_id] = count
    return counts
  }

  /** Messages whose next try is due. */
  async waitingDue(folderId: string, now: Date, limit: number): Promise<LedgerEntry[]> {
    return this.entries
      .find({ folderId, state: 'pending', retryAt: { $lte: now } })
      .sort({ retryAt: 1 })
      .limit(limit)
      .lean()
  }

  /** What is due and waits for one of these reasons, is not due before then. */
  async putOff(
    folderId: string,
    reasons: readonly string[],
    { now, until }: { now: Date; until: Date },
  ): Promise<void> {
    await this.entries.updateMany(
      { folderId, state: 'pending', reason: { $in: [...reasons] }, retryAt: { $lte: now } },
      { $set: { retryAt: until } },
    )
  }

  /** When the next waiting message of the folder is to be tried; null when none waits. */
  async nextRetryAt(folderId: string): Promise<Date | null> {
    const next = await this.entries
      .findOne({ folderId, state: 'pending', retryAt: { $gt: new Date(0) } })
      .sort({ retryAt: 1 })
      .select({ retryAt: 1 })
      .lean()
    return next?.retryAt ?? null
  }

  /** How many were there already: another pass was first. */
  private async insert(writes: LedgerWrite[]): Promise<number> {
    const thereAlready = await insertNew(
      this.entries,
      writes.map(({ account, events, at }) => ({
        ...account,
        _id: entryIdOf(account.mailboxId, account.messageId),
        seenAt: at,
        decidedAt: at,
        rev: 1,
        history: events,
      })),
    )
    return thereAlready.size
  }

  /** How many were not as they had been read. */
  private async update(writes: LedgerWrite[]): Promise<number> {
    const updates = writes.flatMap(({ was, account, events, at }) =>
      was === null
        ? []
        : [
            {
              updateOne: {
                filter: { _id: was._id, rev: was.rev },
                update: {
                  $set: { ...account, decidedAt: at },
                  $inc: { rev: 1 },
                  $push: { history: { $each: events, $slice: -MAX_HISTORY } },
                },
              },
            },
          ],
    )
    if (updates.length === 0) return 0
    const { matchedCount } = await this.entries.bulkWrite(updates, {
      ordered: false,
      throwOnValidationError: true,
    })
    return updates.length - matchedCount
  }
}
