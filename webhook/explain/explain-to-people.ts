import type { Mailbox } from '../../models/mailbox.ts'
import type {
  AccountStory,
  EmailExplanation,
  Explanation,
  ExplainQuestion,
} from '../../models/wire/explain.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { EmailAccess } from '../crm/access/email-access.ts'
import { mayManage } from '../crm/decide/managing.ts'
import type { ExplainDesk, ExplainToPeopleDesk, Person } from '../crm/ports.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

/** A mail to everybody is in thousands of mailboxes, and each that has lost it is asked. */
const MOST_MAILBOXES = 10

export type ExplainToPeopleParts = {
  access: Pick<EmailAccess, 'check' | 'levels'>
  emails: Pick<EmailStore, 'findMany'>
  audit: Audit
  mailboxes: Pick<MailboxStore, 'findMany'>
}

/** The explainer for people: an e-mail that somebody may not see is not there, whatever mailbox they may ask. */
export class ExplainToPeople implements ExplainToPeopleDesk {
  constructor(private readonly parts: ExplainToPeopleParts & { explainer: ExplainDesk }) {}

  async explain(
    person: Person,
    { mailbox, question }: { mailbox: Mailbox; question: ExplainQuestion },
    signal: AbortSignal,
  ): Promise<Explanation> {
    const { access, explainer } = this.parts
    if ('emailId' in question) await access.check(person, question.emailId)
    const explanation = await explainer.explain(mailbox, question, signal)
    return { ...explanation, accounts: await this.named(person, mailbox, explanation.accounts) }
  }

  async explainEmail(
    person: Person,
    emailId: string,
    signal: AbortSignal,
  ): Promise<EmailExplanation> {
    const { access, explainer } = this.parts
    await access.check(person, emailId)
    const having = await this.mailboxesWith(person, emailId)
    const asked = having.slice(0, MOST_MAILBOXES)
    const stories = await Promise.all(
      asked.map(async (mailbox) => ({
        mailbox: { id: mailbox._id, address: mailbox.address },
        explanation: await explainer.explain(mailbox, { emailId }, signal),
      })),
    )
    return { stories, more: having.length > asked.length }
  }

  /** With the subjects that this person may see, which is written down; nothing leads to an e-mail that is not theirs. */
  private async named(
    person: Person,
    { _id: id }: Mailbox,
    accounts: AccountStory[],
  ): Promise<AccountStory[]> {
    const { access, audit, emails } = this.parts
    const heads = await emails.findMany(accounts.flatMap(({ emailId }) => emailId ?? []))
    const levels = await access.levels(person, heads)
    const theirs = heads.filter(({ _id }) => (levels.get(_id) ?? 'none') !== 'none')
    const subjects = new Map(
      theirs.map(({ _id, subject }) => [_id, levels.get(_id) === 'metadata' ? null : subject]),
    )
    if (theirs.length > 0)
      await audit.write({
        ...{ workspaceId: person.workspaceId, who: actorOf(person), action: 'emails-listed' },
        ...{ object: { kind: 'mailbox', id }, details: { count: theirs.length } },
      })
    return accounts.map((account) => {
      const emailId = subjects.has(account.emailId ?? '') ? account.emailId : null
      return { ...account, emailId, subject: subjects.get(emailId ?? '') ?? null }
    })
  }

  /** Those that have seen it and that this person may ask, their own first, then by address. */
  private async mailboxesWith(person: Person, emailId: string): Promise<Mailbox[]> {
    const { emails, mailboxes } = this.parts
    const [email] = await emails.findMany([emailId])
    const ids = (email?.sightings ?? []).flatMap(({ mailboxId }) => mailboxId ?? [])
    const seenIn = await mailboxes.findMany([...new Set(ids)])
    const isOthers = ({ ownerUserId }: Mailbox) => Number(ownerUserId !== person.userId)
    return seenIn
      .filter((mailbox) => mayManage(person, mailbox))
      .sort((a, b) => isOthers(a) - isOthers(b) || (a.address < b.address ? -1 : 1))
  }
}
