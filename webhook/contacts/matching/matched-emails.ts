import type { Connection } from 'mongoose'
import type { Walk } from '../../../models/contacts/matching-job.ts'
import { emailModel } from '../../../models/email.ts'
import { after, type Place } from '../cursor.ts'

/** What matching looks at of a stored e-mail; nothing of it is sealed. */
export type MatchFacts = {
  _id: string
  partyKeys: string[]
  threadId: string | null
  ownThreadKey: string | null
  contactIds: string[]
  isFiledOnly: boolean
  /** Raised whenever either is written. */
  matchRev: number
  /** Whose mail it is. */
  sightings: { ownerUserId: string }[]
}

/** Whom an e-mail belongs to, and whether only by a word that opens it to nobody. */
export type Match = Pick<MatchFacts, 'contactIds' | 'isFiledOnly'>

/** Whether it says the same as that e-mail; those stored before `isFiledOnly` was kept have none. */
export const isAs = (match: Match, was: Match): boolean =>
  match.contactIds.join() === was.contactIds.join() &&
  match.isFiledOnly === (was.isFiledOnly ?? false)

const facts = {
  ...{ partyKeys: 1, threadId: 1, ownThreadKey: 1, contactIds: 1, isFiledOnly: 1, matchRev: 1 },
  'sightings.ownerUserId': 1,
} as const

/** Whom stored e-mails belong to. */
export class MatchedEmails {
  private readonly emails

  constructor(db: Connection) {
    this.emails = emailModel(db)
  }

  async facts(ids: string[]): Promise<MatchFacts[]> {
    if (ids.length === 0) return []
    return this.emails
      .find({ _id: { $in: ids } })
      .select(facts)
      .lean()
  }

  /** A stretch of a walk, newest first: the ids, and where it ends. */
  async stretch(
    { workspaceId, field, values }: Walk & { workspaceId: string },
    { limit, behind }: { limit: number; behind: Place | null },
  ): Promise<Place[]> {
    const found = await this.emails
      .find({ workspaceId, [field]: { $in: values }, ...after('receivedAt', behind) })
      .select({ receivedAt: 1 })
      .sort({ receivedAt: -1, _id: -1 })
      .limit(limit)
      .lean()
    return found.map(({ _id, receivedAt }) => ({ at: receivedAt, id: _id }))
  }

  /** Compare and set; the ids of those that were matched by somebody else meanwhile. */
  async save(changes: { was: MatchFacts; match: Match }[]): Promise<string[]> {
    if (changes.length === 0) return []
    const { modifiedCount } = await this.emails.bulkWrite(
      changes.map(({ was: { _id, matchRev }, match }) => ({
        updateOne: {
          filter: { _id, matchRev },
          update: { $set: { ...match, matchRev: matchRev + 1 } },
        },
      })),
      { ordered: false, throwOnValidationError: true },
    )
    if (modifiedCount === changes.length) return []
    const now = await this.facts(changes.map(({ was }) => was._id))
    const kept = new Map(now.map((email) => [email._id, email]))
    return changes
      .filter(({ was, match }) => !isAs(match, kept.get(was._id) ?? was))
      .map(({ was }) => was._id)
  }

  /** How many e-mails belong to a contact and not to the other one. */
  async countWithout(workspaceId: string, contactId: string, other: string): Promise<number> {
    const both = { $all: [contactId, other] }
    const [all, common] = await Promise.all([
      this.emails.countDocuments({ workspaceId, contactIds: contactId }),
      this.emails.countDocuments({ workspaceId, contactIds: both }),
    ])
    return all - common
  }

  /** How many e-mails of this person have this address as a party. */
  async countWith(reader: {
    workspaceId: string
    userId: string
    addressKey: string
  }): Promise<number> {
    return this.emails.countDocuments({
      workspaceId: reader.workspaceId,
      partyKeys: reader.addressKey,
      'sightings.ownerUserId': reader.userId,
    })
  }
}
