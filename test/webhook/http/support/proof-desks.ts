import type { Mailbox } from '../../../../models/mailbox.ts'
import type {
  EmailExplanation,
  Explanation,
  ExplainQuestion,
} from '../../../../models/wire/explain.ts'
import type { ExplainToPeopleDesk, Person, StatementDesk } from '../../../../webhook/crm/ports.ts'
import { StatementSigner } from '../../../../webhook/statement/statement-signer.ts'
import { aStatement } from '../../../support/statements.ts'

/** Signs one and the same statement for every mailbox. */
export class StatementsInMemory implements StatementDesk {
  private readonly signer = new StatementSigner(Buffer.alloc(32, 7))

  of = ({ _id, address }: Mailbox) =>
    this.signer.sign(aStatement({ mailbox: { id: _id, address } }))

  publicKeys = () => this.signer.publicKeys()
}

/** Keeps what it was asked, and knows nothing. */
export class ExplainerInMemory implements ExplainToPeopleDesk {
  readonly asked: { mailboxId: string; question: ExplainQuestion }[] = []

  async explain(
    _person: Person,
    { mailbox, question }: { mailbox: Mailbox; question: ExplainQuestion },
  ): Promise<Explanation> {
    this.asked.push({ mailboxId: mailbox._id, question })
    return {
      at: '2026-11-20T09:00:00.000Z',
      answer: 'not-in-mailbox',
      summary: 'There is none.',
      trouble: null,
      accounts: [],
      found: [],
      more: false,
    }
  }

  explainEmail = async (): Promise<EmailExplanation> => ({ stories: [], more: false })
}
