import type { Connection } from 'mongoose'
import { emailModel, type Email, type EmailHead, type StoredEmail } from '../../models/email.ts'
import { noCrash, type CrashHook } from '../crash-points.ts'
import type { KeysOf, Vault } from '../keys/vault.ts'
import { insertNew } from './duplicate.ts'
import {
  emailIdOf,
  hasDetails,
  openEmail,
  openHead,
  sealEmail,
  sealSighting,
  type SeenEmail,
} from './sealed-email.ts'

export { emailIdOf, type SeenEmail }

/** What became of a seen e-mail. `isFirst`: it came by this sighting first, so it is new. */
export type StoredAs = { emailId: string; isFirst: boolean }

/** The sighting of this key is in that folder now. */
export type SightingMove = { emailId: string; key: string; folderId: string }

export type PageRequest = { limit: number; before: { receivedAt: Date; id: string } | null }

/** Which e-mails one person may see: those with a sighting of theirs, and matched ones of mailboxes that share. */
export type Reader = {
  workspaceId: string
  userId: string
  mailboxId?: string
  sharedMailboxIds?: string[]
  /** Of one contact alone. */
  contactId?: string
}

export type EmailStoreParts = { db: Connection; vault: Vault; crash?: CrashHook }

const WITHOUT_BODY = { 'sealed.fields.body': 0 } as const

/** E-mails: one per identity and workspace, whoever saw it first. Sealed here, and nowhere else opened. */
export class EmailStore {
  private readonly emails
  private readonly vault: Vault
  private readonly crash: CrashHook

  constructor({ db, vault, crash = noCrash }: EmailStoreParts) {
    this.emails = emailModel(db)
    this.vault = vault
    this.crash = crash
  }

  /**
   * Stores what was seen. Repeating it changes nothing and answers the same, so that a page which is applied again after
   * a crash is told alike.
   */
  async see(seen: SeenEmail[]): Promise<StoredAs[]> {
    if (seen.length === 0) return []
    const keys = await this.vault.ofAll(seen.map(({ workspaceId }) => workspaceId))
    const emails = seen.map((one) => sealEmail(keys(one.workspaceId), one))
    const thereAlready = await insertNew(this.emails, emails)
    this.crash('emails-inserted')
    if (thereAlready.size === 0) return emails.map(({ _id }) => ({ emailId: _id, isFirst: true }))
    const isKnown = (_one: unknown, position: number) => thereAlready.has(position)
    await this.addSightings(keys, seen.filter(isKnown))
    const first = await this.firstSightings(emails.filter(isKnown))
    const isGone = ({ _id }: StoredEmail, at: number) => thereAlready.has(at) && !first.has(_id)
    if (emails.some(isGone)) return this.see(seen) // it lost its last sighting meanwhile, and was removed
    return emails.map(({ _id }, at) => ({
      emailId: _id,
      isFirst: !thereAlready.has(at) || first.get(_id) === seen[at]?.sighting.key,
    }))
  }

  /** Messages that are in another folder now. */
  async moveSightings(moves: SightingMove[]): Promise<void> {
    if (moves.length === 0) return
    await this.emails.bulkWrite(
      moves.map(({ emailId, key, folderId }) => ({
        updateOne: {
          filter: { _id: emailId },
          update: { $set: { 'sightings.$[moved].folderId': folderId } },
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
    const found = await this.emails.findOne({ _id }).lean()
    return found && openEmail(await this.vault.of(found.workspaceId), found)
  }

  async findMany(ids: string[]): Promise<EmailHead[]> {
    if (ids.length === 0) return []
    return this.openHeads(
      await this.emails
        .find({ _id: { $in: ids } })
        .select(WITHOUT_BODY)
        .sort({ receivedAt: 1 })
        .lean(),
    )
  }

  async findByIdentity(workspaceId: string, identity: string): Promise<Email | null> {
    return this.find(emailIdOf(workspaceId, identity))
  }

  /** The message open in Outlook, by either of its names, among the e-mails this person may see. */
  async findOpen(
    { workspaceId, userId }: Reader,
    { messageIdKey, itemId }: { messageIdKey: string | null; itemId: string | null },
  ): Promise<EmailHead | null> {
    const names = [
      ...(messageIdKey === null ? [] : [{ messageIdKey }]),
      ...(itemId === null ? [] : [{ 'sightings.messageId': itemId }]),
    ]
    const found = await this.emails
      .find({ workspaceId, 'sightings.ownerUserId': userId, $or: names })
      .select(WITHOUT_BODY)
      .limit(1)
      .lean()
    const [email = null] = await this.openHeads(found)
    return email
  }

  async page(reader: Reader, { limit, before }: PageRequest): Promise<EmailHead[]> {
    return this.openHeads(
      await this.emails
        .find(before ? { $and: [visibleTo(reader), olderThan(before)] } : visibleTo(reader))
        .select(WITHOUT_BODY)
        .sort({ receivedAt: -1, _id: -1 })
        .limit(limit)
        .lean(),
    )
  }

  async count(reader: Reader): Promise<number> {
    return this.emails.countDocuments(visibleTo(reader))
  }

  private async openHeads(found: StoredEmail[]): Promise<EmailHead[]> {
    const keys = await this.vault.ofAll(found.map(({ workspaceId }) => workspaceId))
    return found.map((email) => openHead(keys(email.workspaceId), email))
  }

  /** The keys of the sightings that these e-mails came by. */
  private async firstSightings(emails: StoredEmail[]): Promise<Map<string, string | undefined>> {
    const found = await this.emails
      .find({ _id: { $in: emails.map(({ _id }) => _id) } })
      .select({ 'sightings.key': 1 })
      .lean()
    return new Map(found.map(({ _id, sightings }) => [_id, sightings[0]?.key]))
  }

  private async addSightings(keys: KeysOf, seen: SeenEmail[]): Promise<void> {
    const sealedOf = await this.sealedKeys(seen.filter(({ sighting }) => hasDetails(sighting)))
    await this.emails.bulkWrite(
      seen.map(({ workspaceId, identity, sighting }) => {
        const _id = emailIdOf(workspaceId, identity)
        const sealed = sealedOf.get(_id) ?? null
        return {
          updateOne: {
            // Compare and set: the same sighting twice, or by two at once, is there once.
            filter: { _id, 'sightings.key': { $ne: sighting.key } },
            update: {
              $push: { sightings: sealSighting(keys(workspaceId), { _id, sealed }, sighting) },
            },
          },
        }
      }),
      { ordered: false, throwOnValidationError: true },
    )
  }

  /** What details of a further sighting are sealed under. */
  private async sealedKeys(seen: SeenEmail[]): Promise<Map<string, StoredEmail['sealed']>> {
    if (seen.length === 0) return new Map()
    const ids = seen.map(({ workspaceId, identity }) => emailIdOf(workspaceId, identity))
    const found = await this.emails
      .find({ _id: { $in: ids } })
      .select({ 'sealed.version': 1, 'sealed.dataKey': 1 })
      .lean()
    return new Map(found.map(({ _id, sealed }) => [_id, sealed]))
  }
}

function visibleTo(reader: Reader) {
  const { workspaceId, userId, mailboxId, sharedMailboxIds = [], contactId } = reader
  const own = { 'sightings.ownerUserId': userId }
  const shared = { 'sightings.mailboxId': { $in: sharedMailboxIds }, contactIds: { $gt: '' } }
  return {
    workspaceId,
    ...(mailboxId && { 'sightings.mailboxId': mailboxId }),
    ...(contactId && { contactIds: contactId }),
    ...(sharedMailboxIds.length > 0 ? { $or: [own, shared] } : own),
  }
}

const olderThan = ({ receivedAt, id }: { receivedAt: Date; id: string }) => ({
  $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, _id: { $lt: id } }],
})
