import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Mailbox } from '../../../models/mailbox.ts'
import { EmailExplanation, ExplainQuestion, Explanation } from '../../../models/wire/explain.ts'
import { SignedStatement, StatementKeySet } from '../../../models/wire/statement.ts'
import type { ExplainToPeopleDesk, MailboxDesk, StatementDesk } from '../../crm/ports.ts'
import { untilGone } from '../abort.ts'
import { signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'

/** Keys change with the root key alone; a day old is new enough. */
const KEYS_MAX_AGE_SECONDS = 86_400

export type ProofParts = {
  mailboxes: MailboxDesk
  statements: StatementDesk
  explainToPeople: ExplainToPeopleDesk
}

/** What the service can prove and explain of a mailbox: for its owner, and for admins. */
export function proofRoutes({ mailboxes, statements, explainToPeople }: ProofParts): Router {
  const router = Router()
  const mailboxOf = (request: Request, response: Response): Promise<Mailbox> =>
    mailboxes.find(signedIn(response), parse(Id, request.params['id']))

  router.get('/:id/statement', async (request, response) => {
    const statement = await statements.of(await mailboxOf(request, response))
    answer(response, SignedStatement, statement)
  })

  router.post('/:id/explain', async (request, response) => {
    const question = parse(ExplainQuestion, request.body)
    const mailbox = await mailboxOf(request, response)
    const about = { mailbox, question }
    const explanation = await explainToPeople.explain(
      signedIn(response),
      about,
      untilGone(response),
    )
    answer(response, Explanation, explanation)
  })

  return router
}

const Id = z.string().min(1).max(64)

/** Why an e-mail of the CRM is here: for whoever sees it, in the mailboxes they may ask about. */
export function emailExplainRoutes({
  explainToPeople,
}: Pick<ProofParts, 'explainToPeople'>): Router {
  const router = Router()
  router.post('/:id/explain', async (request, response) => {
    const id = parse(Id, request.params['id'])
    const person = signedIn(response)
    const told = await explainToPeople.explainEmail(person, id, untilGone(response))
    answer(response, EmailExplanation, told)
  })
  return router
}

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
