import type { Connection } from 'mongoose'
import type { StoredEmail } from '../../models/email.ts'
import { noCrash, type CrashHook } from '../crash-points.ts'
import type { KeysOf, Vault } from '../keys/vault.ts'
import {
  canBeOneSending,
  isByMessageId,
  namesToSettle,
  settledIdentity,
} from '../sync/decide/identity.ts'
import { insertNew } from './duplicate.ts'
import { EmailReader, type PageRequest, type Reader } from './emails/email-reader.ts'
import { changedLooks, lookWrite, type Look, type LookChange } from './emails/looks.ts'
import { emailIdOf, sealEmail, sealSighting, type SeenEmail } from './sealed-email.ts'

export { emailIdOf, type Look, type LookChange, type PageRequest, type Reader, type SeenEmail }

/** What became of a seen e-mail. `isFirst`: it came by this sighting first, so it is new. */
export type StoredAs = {
  emailId: string
  identity: string
  isFirst: boolean
  /** The one that it says it is in. */
  threadId: string | null
}

/** The sighting of this key is in that folder now. */
export type SightingMove = { emailId: string; key: string; folderId: string }

export type EmailStoreParts = { db: Connection; vault: Vault; crash?: CrashHook }

/** What is there already: the keys of its sightings, the first first; and what a further one depends on. */
type Known = Pick<StoredEmail, 'threadId' | 'sentAt' | 'hasAttachments' | 'sealed'> & {
  keys: string[]
}

const UNORDERED = { ordered: false, throwOnValidationError: true } as const

/** E-mails: one per identity and workspace, whoever saw it first. Sealed here, and nowhere else. */
export class EmailStore extends EmailReader {
  private readonly crash: CrashHook

  constructor({ db, vault, crash = noCrash }: EmailStoreParts) {
    super({ db, vault })
    this.crash = crash
  }

  /** The same, identified anew: the sent date sets apart what one Message-ID does not (product 4.4). One read. */
  async settle(seen: SeenEmail[]): Promise<SeenEmail[]> {
    const names = seen.map(
      (one) => new Map(namesToSettle(one).map((name) => [name, emailIdOf(one.workspaceId, name)])),
    )
    const ids = names.flatMap((each) => [...each.values()])
    if (ids.length === 0) return seen
    const found = await this.emails
      .find({ _id: { $in: ids } })
      .select({ sentAt: 1 })
      .lean()
    const standing = new Map(found.map(({ _id, sentAt }) => [_id, sentAt]))
    return seen.map((one, at) => {
      const identity = settledIdentity(one, (name) => standing.get(names[at]?.get(name) ?? ''))
      const id = names[at]?.get(identity)
      if (id !== undefined) standing.set(id, standing.get(id) ?? one.sentAt)
      return { ...one, identity }
    })
  }

  /**
   * Stores what was seen. Repeating it changes nothing and answers the same, so that a page which is applied again after
   * a crash is told alike. What another sending has taken meanwhile is settled and stored anew.
   */
  async see(seen: SeenEmail[]): Promise<StoredAs[]> {
    if (seen.length === 0) return []
    const keys = await this.vault.ofAll(seen.map(({ workspaceId }) => workspaceId))
    const emails = seen.map((one) => sealEmail(keys(one.workspaceId), one))
    const thereAlready = await insertNew(this.emails, emails)
    this.crash('emails-inserted')
    if (thereAlready.size === 0)
      return emails.map(({ _id, identity, threadId }) => ({
        ...{ emailId: _id, identity, threadId, isFirst: true },
      }))
    const isKnown = (_one: unknown, position: number) => thereAlready.has(position)
    const before = await this.known(emails.filter(isKnown))
    const isAdded = await this.addSightings(keys, seen.filter(isKnown), before)
    const known = isAdded ? await this.known(emails.filter(isKnown)) : before
    // Not there: it was of another sending, or it lost its last sighting meanwhile and was removed.
    const isMissing = ({ _id }: StoredEmail, at: number) =>
      thereAlready.has(at) && !known.get(_id)?.keys.includes(seen[at]?.sighting.key ?? '')
    if (emails.some(isMissing)) return this.see(await this.settle(seen))
    return emails.map(({ _id, identity, threadId }, at) => ({
      ...{ emailId: _id, identity },
      isFirst: !thereAlready.has(at) || known.get(_id)?.keys[0] === seen[at]?.sighting.key,
      threadId: thereAlready.has(at) ? (known.get(_id)?.threadId ?? null) : threadId,
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
      UNORDERED,
    )
  }

  /** Of how these messages look in their mailboxes now, what is news. One read. */
  async changedLooks(looks: Look[]): Promise<LookChange[]> {
    if (looks.length === 0) return []
    const found = await this.emails
      .find({ _id: { $in: looks.map(({ emailId }) => emailId) } })
      .select({ workspaceId: 1, 'sealed.version': 1, 'sealed.dataKey': 1, sightings: 1 })
      .lean()
    const keys = await this.vault.ofAll(found.map(({ workspaceId }) => workspaceId))
    return changedLooks(found, keys, looks)
  }

  async writeLooks(changes: LookChange[]): Promise<void> {
    if (changes.length > 0) await this.emails.bulkWrite(changes.map(lookWrite), UNORDERED)
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

  private async known(emails: StoredEmail[]): Promise<Map<string, Known>> {
    const found = await this.emails
      .find({ _id: { $in: emails.map(({ _id }) => _id) } })
      .select({
        ...{ threadId: 1, sentAt: 1, hasAttachments: 1, 'sightings.key': 1 },
        ...{ 'sealed.version': 1, 'sealed.dataKey': 1 },
      })
      .lean()
    return new Map(
      found.map(({ _id, sightings, ...known }) => {
        return [_id, { ...known, keys: sightings.map(({ key }) => key) }]
      }),
    )
  }

  /**
   * Compare and set: the same sighting twice, or by two at once, is there once; and none where another sending stands. The
   * answer is whether anything was to be written.
   */
  private async addSightings(
    keys: KeysOf,
    seen: SeenEmail[],
    known: Map<string, Known>,
  ): Promise<boolean> {
    const writes = seen.flatMap((one) => {
      const { workspaceId, identity, sighting, sentAt, hasAttachments } = one
      const _id = emailIdOf(workspaceId, identity)
      const there = known.get(_id)
      if (!there || there.keys.includes(sighting.key)) return []
      if (isByMessageId(identity) && !canBeOneSending(there.sentAt, sentAt)) return []
      const sealed = sealSighting(keys(workspaceId), { _id, sealed: there.sealed }, sighting)
      const told = {
        ...(!there.sentAt && sentAt && { sentAt }),
        ...(!there.hasAttachments && hasAttachments && { hasAttachments }),
      }
      const isNews = Object.keys(told).length > 0
      const update = { $push: { sightings: sealed }, ...(isNews && { $set: told }) }
      const filter = { _id, sentAt: there.sentAt, 'sightings.key': { $ne: sighting.key } }
      return [{ updateOne: { filter, update } }]
    })
    if (writes.length > 0) await this.emails.bulkWrite(writes, UNORDERED)
    return writes.length > 0
  }
}
