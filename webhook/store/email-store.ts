import type { Connection } from 'mongoose'
import { emailModel, type Email, type StoredSighting } from '../../models/email.ts'
import { noCrash, type CrashHook } from '../crash-points.ts'
import { idOf } from '../keys/ids.ts'
import { insertNew } from './duplicate.ts'

/** An e-mail as one sighting shows it; the first to come writes the content, later ones add their sighting. */
export type SeenEmail = Omit<Email, '_id' | 'sightings'> & {
  sighting: StoredSighting
}

/** The sighting of this key is in that folder now. */
export type SightingMove = { emailId: string; key: string; folder: { id: string; name: string } }

export type PageRequest = { limit: number; before: { receivedAt: Date; id: string } | null }

/** Which e-mails one person may see: those with a sighting of theirs. */
export type Reader = { workspaceId: string; userId: string; mailboxId?: string }

export const emailIdOf = (workspaceId: string, identity: string) =>
  idOf('email', workspaceId, identity)

/** E-mails: one per identity and workspace, whoever saw it first. */
export class EmailStore {
  private readonly emails

  constructor(
    db: Connection,
    private readonly crash: CrashHook = noCrash,
  ) {
    this.emails = emailModel(db)
  }

  /**
   * Stores what was seen. True at a position means: the e-mail came by this sighting first, so it is new. Repeating it
   * changes nothing and answers the same, so that a page which is applied again after a crash is told alike.
   */
  async see(seen: SeenEmail[]): Promise<boolean[]> {
    if (seen.length === 0) return []
    const thereAlready = await insertNew(
      this.emails,
      seen.map(({ sighting, ...email }) => ({
        ...email,
        _id: emailIdOf(email.workspaceId, email.identity),
        sightings: [sighting],
      })),
    )
    this.crash('emails-inserted')
    const known = seen.filter((_, position) => thereAlready.has(position))
    if (known.length === 0) return seen.map(() => true)
    await this.addSightings(known)
    const first = await this.firstSightings(known)
    return seen.map(({ sighting }, at) => !thereAlready.has(at) || first.has(sighting.key))
  }

  /** Messages that are in another folder now. */
  async moveSightings(moves: SightingMove[]): Promise<void> {
    if (moves.length === 0) return
    await this.emails.bulkWrite(
      moves.map(({ emailId, key, folder }) => ({
        updateOne: {
          filter: { _id: emailId },
          update: {
            $set: {
              'sightings.$[moved].folderId': folder.id,
              'sightings.$[moved].folderName': folder.name,
            },
          },
          arrayFilters: [{ 'moved.key': key }],
        },
      })),
      { ordered: false, throwOnValidationError: true },
    )
  }

  /** In which folder each sighting of these e-mails was seen, by its key. */
  async seenIn(emailIds: string[]): Promise<Map<string, string | null>> {
    if (emailIds.length === 0) return new Map()
    const there = await this.emails
      .find({ _id: { $in: emailIds } })
      .select({ 'sightings.key': 1, 'sightings.folderId': 1 })
      .lean()
    return new Map(
      there.flatMap(({ sightings }) => sightings.map(({ key, folderId }) => [key, folderId])),
    )
  }

  /**
   * What was seen in that mailbox belongs to another person now, `most` e-mails at a time: the answer is how many it was,
   * one look-up and one update each by way of the index on owners.
   */
  async handOver(
    {
      workspaceId,
      mailboxId,
      from,
      to,
    }: Record<'workspaceId' | 'mailboxId' | 'from' | 'to', string>,
    most: number,
  ): Promise<number> {
    const sightings = { $elemMatch: { mailboxId, ownerUserId: from } }
    const found = await this.emails
      .find({ workspaceId, 'sightings.ownerUserId': from, sightings })
      .select({ _id: 1 })
      .limit(most)
      .lean()
    if (found.length === 0) return 0
    await this.emails.updateMany(
      { _id: { $in: found.map(({ _id }) => _id) } },
      { $set: { 'sightings.$[seen].ownerUserId': to } },
      { arrayFilters: [{ 'seen.mailboxId': mailboxId, 'seen.ownerUserId': from }] },
    )
    return found.length
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

  /** The keys of the sightings that these e-mails came by. */
  private async firstSightings(seen: SeenEmail[]): Promise<Set<string>> {
    const ids = seen.map(({ workspaceId, identity }) => emailIdOf(workspaceId, identity))
    const found = await this.emails
      .find({ _id: { $in: ids } })
      .select({ 'sightings.key': 1 })
      .lean()
    return new Set(found.flatMap(({ sightings }) => sightings[0]?.key ?? []))
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
