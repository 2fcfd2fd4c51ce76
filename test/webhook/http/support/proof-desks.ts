import type { Mailbox } from '../../../../models/mailbox.ts'
import type { Explanation, ExplainQuestion } from '../../../../models/wire/explain.ts'
import type { ExplainDesk, StatementDesk } from '../../../../webhook/crm/ports.ts'
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
export class ExplainerInMemory implements ExplainDesk {
  readonly asked: { mailboxId: string; question: ExplainQuestion }[] = []

  async explain({ _id }: Mailbox, question: ExplainQuestion): Promise<Explanation> {
    this.asked.push({ mailboxId: _id, question })
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
}
