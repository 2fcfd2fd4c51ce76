import { operations } from '../../../../../webhook/http/openapi/operations.ts'
import { forAdmins, forOwnerAndAdmins, forSessions, type Row } from '../row.ts'

/** The body that the API's document shows. */
function example(id: string): { body: object } {
  const body = operations.find((operation) => operation.id === id)?.body
  return { body: body?.example as object }
}

const OF_ALL = '/api/v1/rules'
const OF_ONE = '/api/v1/mailboxes/{id}/rules'
const mailbox = { params: { id: 'mailbox' } } as const

export const ruleRows: Row[] = [
  forAdmins(`GET ${OF_ALL}`, 200),
  forAdmins(`PUT ${OF_ALL}`, 200, { ...example('saveWorkspaceRules'), versionFrom: OF_ALL }),
  forAdmins(`GET ${OF_ALL}/versions`, 200),
  forAdmins(`POST ${OF_ALL}/undo`, 200, { body: { to: 0 }, versionFrom: OF_ALL }),
  forAdmins(`POST ${OF_ALL}/apply`, 200),
  forSessions('GET /api/v1/usage', 200),
  forOwnerAndAdmins(`GET ${OF_ONE}`, 200, mailbox),
  forOwnerAndAdmins(`PUT ${OF_ONE}`, 200, {
    ...{ ...mailbox, ...example('saveMailboxRules'), versionFrom: OF_ONE },
  }),
  forOwnerAndAdmins(`GET ${OF_ONE}/versions`, 200, mailbox),
  forOwnerAndAdmins(`GET ${OF_ONE}/kept-out`, 200, mailbox),
  forOwnerAndAdmins(`POST ${OF_ONE}/undo`, 200, {
    ...{ ...mailbox, body: { to: 0 }, versionFrom: OF_ONE },
  }),
  forOwnerAndAdmins(`POST ${OF_ONE}/dry-run`, 200, { ...mailbox, ...example('tryMailboxRules') }),
  forOwnerAndAdmins(`POST ${OF_ONE}/apply`, 200, mailbox),
]
