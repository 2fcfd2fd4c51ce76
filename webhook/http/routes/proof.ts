import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Mailbox } from '../../../models/mailbox.ts'
import { ExplainQuestion, Explanation } from '../../../models/wire/explain.ts'
import { SignedStatement, StatementKeySet } from '../../../models/wire/statement.ts'
import type { ExplainDesk, MailboxDesk, StatementDesk } from '../../crm/ports.ts'
import { untilGone } from '../abort.ts'
import { signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'

/** Keys change with the root key alone; a day old is new enough. */
const KEYS_MAX_AGE_SECONDS = 86_400

export type ProofParts = {
  mailboxes: MailboxDesk
  statements: StatementDesk
  explainer: ExplainDesk
}

/** What the service can prove and explain of a mailbox: for its owner, and for admins. */
export function proofRoutes({ mailboxes, statements, explainer }: ProofParts): Router {
  const router = Router()
  const mailboxOf = (request: Request, response: Response): Promise<Mailbox> =>
    mailboxes.find(signedIn(response), parse(MailboxId, request.params['id']))

  router.get('/:id/statement', async (request, response) => {
    const statement = await statements.of(await mailboxOf(request, response))
    answer(response, SignedStatement, statement)
  })

  router.post('/:id/explain', async (request, response) => {
    const question = parse(ExplainQuestion, request.body)
    const mailbox = await mailboxOf(request, response)
    const explanation = await explainer.explain(mailbox, question, untilGone(response))
    answer(response, Explanation, explanation)
  })

  return router
}

const MailboxId = z.string().min(1).max(64)

/** The public keys of statements: anybody may check one, on any site. */
export function statementKeyRoutes({ statements }: Pick<ProofParts, 'statements'>): Router {
  const router = Router()
  router.get('/.well-known/flowcrm-statement-keys.json', async (_request, response) => {
    response.set('Cache-Control', `public, max-age=${KEYS_MAX_AGE_SECONDS}`)
    response.set('Access-Control-Allow-Origin', '*')
    answer(response, StatementKeySet, await statements.publicKeys())
  })
  return router
}
