import type { Connection } from 'mongoose'
import { emailModel } from '../../models/email.ts'
import { ledgerEntryModel, type LedgerEntry } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import { entryIdOf } from '../store/emails/sighting-key.ts'

/** What of an account tells where, how lately and how quickly a message came. */
export type RecentAccount = Pick<LedgerEntry, 'folderId' | 'receivedAt' | 'delay' | 'history'>

/** The latest stored mail of a mailbox, by an index that is there for lists: so many at the most, however large it is. */
export class RecentAccounts {
  private readonly emails
  private readonly entries

  constructor(db: Connection) {
    this.emails = emailModel(db)
    this.entries = ledgerEntryModel(db)
  }

  /** Newest first. */
  async of(
    { _id: mailboxId, workspaceId }: Pick<Mailbox, '_id' | 'workspaceId'>,
    most: number,
  ): Promise<RecentAccount[]> {
    const emails = await this.emails
      .find({ workspaceId, 'sightings.mailboxId': mailboxId })
      .sort({ receivedAt: -1, _id: -1 })
      .limit(most)
      .select({ 'sightings.mailboxId': 1, 'sightings.messageId': 1 })
      .lean()
    const ids = emails.flatMap(({ sightings }) =>
      sightings.flatMap((seen) =>
        seen.mailboxId === mailboxId && seen.messageId !== null
          ? [entryIdOf(mailboxId, seen.messageId)]
          : [],
      ),
    )
    const entries = await this.entries
      .find({ _id: { $in: ids.slice(0, 2 * most) } })
      .select({ folderId: 1, receivedAt: 1, delay: 1, history: 1 })
      .lean<RecentAccount[]>()
    return entries.toSorted((one, other) => timeOf(other) - timeOf(one))
  }
}

const timeOf = ({ receivedAt }: RecentAccount): number => receivedAt?.getTime() ?? 0

/** When the provider last announced one of these; null: never, as far as they tell. */
export function lastAnnounced(accounts: readonly RecentAccount[]): Date | null {
  const times = accounts.flatMap(({ history }) =>
    history.filter(({ via }) => via === 'notification').map(({ at }) => at.getTime()),
  )
  return times.length === 0 ? null : new Date(Math.max(...times))
}
