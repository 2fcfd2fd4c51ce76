import type { Connection } from 'mongoose'
import { emailModel } from '../../../models/email.ts'
import type { MailChoice } from '../../../models/ending/mailbox-ending.ts'
import type { Withdrawal } from '../../store/sighting-store.ts'

type Of = { workspaceId: string; mailboxId: string }

/** E-mails that were seen in a mailbox which is disconnected now. Needs none of their content, and so no key. */
export class LeftEmails {
  private readonly emails

  constructor(db: Connection) {
    this.emails = emailModel(db)
  }

  async count(of: Of): Promise<number> {
    return this.emails.countDocuments(seenIn(of))
  }

  /** Those of which something is still to be taken back, or to be marked. */
  async open(of: Of, { mail, limit }: { mail: MailChoice; limit: number }): Promise<string[]> {
    const found = await this.emails
      .find(mail === 'remove' ? seenIn(of) : unsettled(of))
      .select({ _id: 1 })
      .limit(limit)
      .lean()
    return found.map(({ _id }) => _id)
  }

  /** Their sightings in that mailbox. */
  async sightingsIn({ mailboxId }: Of, emailIds: string[]): Promise<Withdrawal[]> {
    const found = await this.emails
      .find({ _id: { $in: emailIds } })
      .select({ 'sightings.key': 1, 'sightings.mailboxId': 1 })
      .lean()
    return found.flatMap(({ _id: emailId, sightings }) =>
      sightings
        .filter((sighting) => sighting.mailboxId === mailboxId)
        .map(({ key }) => ({ emailId, key })),
    )
  }

  /**
   * What others see is theirs alone from now on. What nobody else sees stays with who had it, and says since when its
   * message is not to be had.
   */
  async keep({ mailboxId }: Of, emailIds: string[], goneAt: Date): Promise<void> {
    const these = { _id: { $in: emailIds } }
    await this.emails.updateMany(
      { ...these, sightings: elsewhere(mailboxId) },
      { $pull: { sightings: { mailboxId } } },
    )
    await this.emails.updateMany(
      { ...these, sightings: { $elemMatch: { mailboxId, goneAt: null } } },
      { $set: { 'sightings.$[left].goneAt': goneAt } },
      { arrayFilters: [{ 'left.mailboxId': mailboxId, 'left.goneAt': null }] },
    )
  }
}

const seenIn = ({ workspaceId, mailboxId }: Of) => ({
  ...{ workspaceId, 'sightings.mailboxId': mailboxId },
})

const elsewhere = (mailboxId: string) => ({ $elemMatch: { mailboxId: { $ne: mailboxId } } })

const unsettled = (of: Of) => ({
  ...seenIn(of),
  $or: [
    { sightings: { $elemMatch: { mailboxId: of.mailboxId, goneAt: null } } },
    { sightings: elsewhere(of.mailboxId) },
  ],
})
