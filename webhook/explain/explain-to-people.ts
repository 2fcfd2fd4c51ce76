import type { Mailbox } from '../../models/mailbox.ts'
import type { EmailExplanation, Explanation, ExplainQuestion } from '../../models/wire/explain.ts'
import type { EmailAccess } from '../crm/access/email-access.ts'
import { mayManage } from '../crm/decide/managing.ts'
import type { ExplainDesk, ExplainToPeopleDesk, Person } from '../crm/ports.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

/** A mail to everybody is in thousands of mailboxes, and each that has lost it is asked. */
const MOST_MAILBOXES = 10

export type ExplainToPeopleParts = {
  access: Pick<EmailAccess, 'check'>
  emails: Pick<EmailStore, 'findMany'>
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
    return explainer.explain(mailbox, question, signal)
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
