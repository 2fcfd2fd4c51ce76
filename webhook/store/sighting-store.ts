import type { Connection } from 'mongoose'
import { emailModel, type StoredEmail } from '../../models/email.ts'

/** A copy that is no longer to be seen. */
export type Withdrawal = { emailId: string; key: string }

/** An e-mail that was seen as this message. */
export type SeenAs = Pick<StoredEmail, 'receivedAt' | 'messageIdKey' | 'hasAttachments'> & {
  emailId: string
  messageId: string
  folderId: string | null
}

const SEEN_AT_ONCE = 500

const SIGHTING_NAMES = {
  ...{ 'sightings.via': 1, 'sightings.mailboxId': 1 },
  ...{ 'sightings.messageId': 1, 'sightings.folderId': 1 },
} as const

/** Where e-mails were seen: what needs none of their content, and so no key. */
export class SightingStore {
  private readonly emails

  constructor(db: Connection) {
    this.emails = emailModel(db)
  }

  /** Those of these e-mails that are there. */
  async there(emailIds: string[]): Promise<Set<string>> {
    if (emailIds.length === 0) return new Set()
    const found = await this.emails
      .find({ _id: { $in: emailIds } })
      .select({ _id: 1 })
      .lean()
    return new Set(found.map(({ _id }) => _id))
  }

  /** The e-mails that are there and that the sync has seen as one of these messages of that mailbox. */
  async seenAs(
    { workspaceId, mailboxId }: { workspaceId: string; mailboxId: string },
    messageIds: string[],
  ): Promise<SeenAs[]> {
    if (messageIds.length === 0) return []
    const among = { $in: messageIds }
    const sightings = { $elemMatch: { via: 'sync' as const, mailboxId, messageId: among } }
    const found = await this.emails
      .find({ workspaceId, 'sightings.messageId': among, sightings })
      .select({ receivedAt: 1, messageIdKey: 1, hasAttachments: 1, ...SIGHTING_NAMES })
      .lean()
    const asked = new Set(messageIds)
    return found.flatMap(({ _id: emailId, sightings, ...facts }) =>
      sightings.flatMap(({ via, mailboxId: at, messageId, folderId }) =>
        via === 'sync' && at === mailboxId && messageId !== null && asked.has(messageId)
          ? [{ ...facts, emailId, messageId, folderId }]
          : [],
      ),
    )
  }

  /** The messages that the sync has seen in this folder of a mailbox, some hundreds at a time. */
  async *seenInFolder(folderId: string): AsyncGenerator<string[]> {
    const found = this.emails
      .find({ 'sightings.folderId': folderId })
      .select({ _id: 0, 'sightings.messageId': 1, 'sightings.folderId': 1 })
      .lean()
      .cursor({ batchSize: SEEN_AT_ONCE })
    let messageIds: string[] = []
    for await (const { sightings } of found) {
      for (const seen of sightings)
        if (seen.folderId === folderId && seen.messageId !== null) messageIds.push(seen.messageId)
      if (messageIds.length < SEEN_AT_ONCE) continue
      yield messageIds
      messageIds = []
    }
    yield messageIds
  }

  /** Every sighting of these e-mails, by its key. */
  async keysOf(emailIds: string[]): Promise<Map<string, string[]>> {
    if (emailIds.length === 0) return new Map()
    const found = await this.emails
      .find({ _id: { $in: emailIds } })
      .select({ 'sightings.key': 1 })
      .lean()
    return new Map(found.map(({ _id, sightings }) => [_id, sightings.map(({ key }) => key)]))
  }

  /** Those of these Message-IDs, by their blind keys, that this person has logged by hand. */
  async loggedByHand(
    { workspaceId, userId }: { workspaceId: string; userId: string },
    messageIdKeys: string[],
  ): Promise<Set<string>> {
    if (messageIdKeys.length === 0) return new Set()
    const found = await this.emails
      .find({
        workspaceId,
        messageIdKey: { $in: messageIdKeys },
        sightings: { $elemMatch: { via: 'add-in', ownerUserId: userId } },
      })
      .select({ messageIdKey: 1 })
      .lean()
    return new Set(found.flatMap(({ messageIdKey }) => messageIdKey ?? []))
  }

  /**
   * Takes sightings back. An e-mail that nobody sees any more is removed; the answer is which ones. Repeating it changes
   * nothing more, and finishes what a crash has left.
   */
  async withdraw(withdrawals: Withdrawal[]): Promise<string[]> {
    if (withdrawals.length === 0) return []
    await this.emails.bulkWrite(
      withdrawals.map(({ emailId, key }) => ({
        updateOne: {
          filter: { _id: emailId, 'sightings.key': key },
          update: { $pull: { sightings: { key } } },
        },
      })),
      { ordered: false, throwOnValidationError: true },
    )
    const ids = [...new Set(withdrawals.map(({ emailId }) => emailId))]
    const unseen = { _id: { $in: ids }, sightings: { $size: 0 } }
    const before = await this.emails.find(unseen).select({ _id: 1 }).lean()
    if (before.length === 0) return []
    // Only while nobody else sees it: a colleague's copy may have come just now.
    const { deletedCount } = await this.emails.deleteMany(unseen)
    const removed = before.map(({ _id }) => _id)
    if (deletedCount === removed.length) return removed
    const there = await this.there(removed)
    return removed.filter((id) => !there.has(id))
  }

  /** Their messages are not in the mailbox any more: since when; null: they are again. */
  async gone(sightings: Withdrawal[], goneAt: Date | null): Promise<void> {
    if (sightings.length === 0) return
    const was = goneAt ? null : { $gt: new Date(0) }
    await this.emails.bulkWrite(
      sightings.map(({ emailId, key }) => ({
        updateOne: {
          filter: { _id: emailId, sightings: { $elemMatch: { key, goneAt: was } } },
          update: { $set: { 'sightings.$[one].goneAt': goneAt } },
          arrayFilters: [{ 'one.key': key }],
        },
      })),
      { ordered: false, throwOnValidationError: true },
    )
  }

  async countIn(workspaceId: string): Promise<number> {
    return this.emails.countDocuments({ workspaceId })
  }
}
