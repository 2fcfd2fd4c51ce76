import type { Connection } from 'mongoose'
import { ledgerEntryModel, MAX_HISTORY } from '../../../models/ledger-entry.ts'
import { entryIdOf } from '../../store/emails/sighting-key.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import { isInCrm } from '../../sync/decide/reasons.ts'
import { decidedEvent } from '../../sync/page/story.ts'
import type { Policies } from '../../sync/policies.ts'
import type { Expired } from './retention-store.ts'

export type ExpiredAccountParts = {
  db: Connection
  mailboxes: Pick<MailboxStore, 'findMany'>
  policies: Pick<Policies, 'rulesOf'>
}

const REASON = 'retention-passed'

/** Accounts of messages whose e-mails are past their time. */
export class ExpiredAccounts {
  private readonly entries

  constructor(private readonly parts: ExpiredAccountParts) {
    this.entries = ledgerEntryModel(parts.db)
  }

  /** Says of each that it is left out from now on. One that a pass writes just then stays as that pass decided. */
  async leaveOut(expired: Expired[], at: Date): Promise<void> {
    const ids = expired.flatMap(({ messages }) =>
      messages.map(({ mailboxId, messageId }) => entryIdOf(mailboxId, messageId)),
    )
    const emailIds = new Set<string | null>(expired.map(({ emailId }) => emailId))
    const found = await this.entries
      .find({ _id: { $in: ids } })
      .select({ mailboxId: 1, emailId: 1, state: 1, reason: 1, rev: 1 })
      .lean()
    const stored = found.filter((entry) => isInCrm(entry) && emailIds.has(entry.emailId))
    if (stored.length === 0) return
    const versionOf = await this.versions(new Set(stored.map(({ mailboxId }) => mailboxId)))
    await this.entries.bulkWrite(
      stored.map(({ _id, rev, mailboxId }) => {
        const ruleVersion = versionOf.get(mailboxId) ?? 0
        const story = { $each: [decidedEvent(at, REASON, ruleVersion)], $slice: -MAX_HISTORY }
        const account = { state: 'excluded', reason: REASON, emailId: null, retryAt: null } as const
        return {
          updateOne: {
            filter: { _id, rev },
            update: {
              $set: { ...account, ruleVersion, decidedAt: at },
              $inc: { rev: 1 },
              $push: { history: story },
            },
          },
        }
      }),
      { ordered: false, throwOnValidationError: true },
    )
  }

  /** Of the rules of these mailboxes. */
  private async versions(mailboxIds: Set<string>): Promise<Map<string, number>> {
    const { mailboxes, policies } = this.parts
    const versions = new Map<string, number>()
    for (const mailbox of await mailboxes.findMany([...mailboxIds]))
      versions.set(mailbox._id, (await policies.rulesOf(mailbox)).version)
    return versions
  }
}
