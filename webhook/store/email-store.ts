import type { Connection } from 'mongoose'
import { emailModel, type Email, type StoredSighting } from '../../models/email.ts'
import { idOf } from '../ids.ts'
import { createManyOnce } from './duplicate.ts'

/** An e-mail as one sighting shows it; the first to come writes the content, later ones add their sighting. */
export type SeenEmail = Omit<Email, '_id' | 'sightings'> & {
  sighting: StoredSighting
}

export type PageRequest = { limit: number; before: { receivedAt: Date; id: string } | null }

/** Which e-mails one person may see: those with a sighting of theirs. */
export type Reader = { workspaceId: string; userId: string; mailboxId?: string }

export const emailIdOf = (workspaceId: string, identity: string) =>
  idOf('email', workspaceId, identity)

/** E-mails: one per identity and workspace, whoever saw it first. */
export class EmailStore {
  private readonly emails

  constructor(db: Connection) {
    this.emails = emailModel(db)
  }

  /** Stores what was seen. True at a position means: this e-mail was new. Repeating it changes nothing. */
  async see(seen: SeenEmail[]): Promise<boolean[]> {
    if (seen.length === 0) return []
    const thereAlready = await createManyOnce(() =>
      this.emails.bulkWrite(
        seen.map(({ sighting, ...email }) => ({
          insertOne: {
            document: {
              ...email,
              _id: emailIdOf(email.workspaceId, email.identity),
              sightings: [sighting],
            },
          },
        })),
        { ordered: false, throwOnValidationError: true },
      ),
    )
    const known = seen.filter((_, position) => thereAlready.has(position))
    if (known.length > 0) await this.addSightings(known)
    return seen.map((_, position) => !thereAlready.has(position))
  }

  /** The message is in another folder now. */
  async moveSighting(
    emailId: string,
    key: string,
    folder: { id: string; name: string },
  ): Promise<void> {
    await this.emails.updateOne(
      { _id: emailId },
      {
        $set: {
          'sightings.$[moved].folderId': folder.id,
          'sightings.$[moved].folderName': folder.name,
        },
      },
      { arrayFilters: [{ 'moved.key': key }] },
    )
  }

  async find(_id: string): Promise<Email | null> {
    return this.emails.findOne({ _id }).lean()
  }

  /** Without bodies: for lists. */
  async findMany(ids: string[]): Promise<Email[]> {
    if (ids.length === 0) return []
    return this.emails
      .find({ _id: { $in: ids } })
      .select({ bodyHtml: 0 })
      .sort({ receivedAt: 1 })
      .lean()
  }

  async findByIdentity(workspaceId: string, identity: string): Promise<Email | null> {
    return this.find(emailIdOf(workspaceId, identity))
  }

  /** The message open in Outlook, by either of its names, among the e-mails this person may see. */
  async findOpen(
    { workspaceId, userId }: Reader,
    { messageIdKey, itemId }: { messageIdKey: string | null; itemId: string | null },
  ): Promise<Email | null> {
    const names = [
      ...(messageIdKey === null ? [] : [{ messageIdKey }]),
      ...(itemId === null ? [] : [{ 'sightings.messageId': itemId }]),
    ]
    return this.emails.findOne({ workspaceId, 'sightings.ownerUserId': userId, $or: names }).lean()
  }

  async page(reader: Reader, { limit, before }: PageRequest): Promise<Email[]> {
    return this.emails
      .find({ ...visibleTo(reader), ...(before && olderThan(before)) })
      .select({ bodyHtml: 0 })
      .sort({ receivedAt: -1, _id: -1 })
      .limit(limit)
      .lean()
  }

  async count(reader: Reader): Promise<number> {
    return this.emails.countDocuments(visibleTo(reader))
  }

  private async addSightings(seen: SeenEmail[]): Promise<void> {
    await this.emails.bulkWrite(
      seen.map(({ workspaceId, identity, sighting }) => ({
        updateOne: {
          // Compare and set: the same sighting twice, or by two at once, is there once.
          filter: {
            _id: emailIdOf(workspaceId, identity),
            'sightings.key': { $ne: sighting.key },
          },
          update: { $push: { sightings: sighting } },
        },
      })),
      { ordered: false, throwOnValidationError: true },
    )
  }
}

const visibleTo = ({ workspaceId, userId, mailboxId }: Reader) => ({
  workspaceId,
  'sightings.ownerUserId': userId,
  ...(mailboxId && { 'sightings.mailboxId': mailboxId }),
})

const olderThan = ({ receivedAt, id }: { receivedAt: Date; id: string }) => ({
  $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, _id: { $lt: id } }],
})
