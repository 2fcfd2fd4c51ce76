import { z } from 'zod'
import { AadstsError, tokenErrorBody, type AadstsCode } from '../aadsts.ts'
import { isHomeOf, type Authority } from './authority.ts'
import type { IssuerContext } from '../context.ts'
import { allPeople, personByName, type Person } from '../directory.ts'
import { parseScope, type Asked, type Scope } from '../permissions.ts'
import { findTarget, type Target } from './target.ts'
import { clientInfo } from '../tokens/mint.ts'

/** One look at the authorize page: what was asked, who the cookie knows, and what was clicked. */
export type Visit = {
  authority: Authority
  params: Readonly<Record<string, unknown>>
  session?: Person | undefined
  chosen?: Person | undefined
  decision?: 'accept' | 'cancel' | undefined
}

export type Outcome =
  | { show: 'people'; people: Person[] }
  | { show: 'consent'; person: Person; asked: Asked[] }
  | { show: 'answer'; target: Target; answer: Record<string, string> }

const requestSchema = z.object({
  response_type: z.string(),
  scope: z.string().min(1),
  nonce: z.string().optional(),
  prompt: z.enum(['login', 'none', 'consent', 'select_account']).optional().catch(undefined),
  login_hint: z.string().optional(),
  code_challenge: z.string().length(43).optional(),
  code_challenge_method: z.literal('S256').optional(),
  client_info: z.string().optional(),
})
type AuthorizeRequest = z.output<typeof requestSchema>

/** Refusals that concern the person, not the app: Entra shows them on its own page. */
const SHOWN_TO_THE_PERSON: ReadonlySet<AadstsCode> = new Set<AadstsCode>([50020, 50034, 50057])

/**
 * Decides what a visit to the authorize page leads to. Throws an AadstsError for the error page where going back to the app
 * is unsafe (unknown app or redirect URI) or of no use to it; other refusals are answers to the app.
 */
export function authorize(context: IssuerContext, visit: Visit): Outcome {
  const target = findTarget(context, visit.params)
  try {
    return decide(context, visit, target)
  } catch (error) {
    if (!(error instanceof AadstsError) || SHOWN_TO_THE_PERSON.has(error.aadsts)) throw error
    return { show: 'answer', target, answer: refusal(context, error) }
  }
}

function decide(context: IssuerContext, visit: Visit, target: Target): Outcome {
  const request = readRequest(visit.params)
  const scope = parseScope(request.scope, context.resources)
  const person = whoIsIt(visit, request)
  context.faults.strike('authorize', person?.oid)
  if (!person) {
    if (request.prompt === 'none') throw new AadstsError(50058)
    return { show: 'people', people: candidates(visit.authority, request.login_hint) }
  }
  if (!isHomeOf(visit.authority, person)) throw new AadstsError(50020)
  context.accounts.assertUsable(person)

  const missing = missingConsent(context, person, scope)
  if (missing.length > 0 || request.prompt === 'consent') {
    if (request.prompt === 'none') throw new AadstsError(65001)
    if (!visit.decision) return { show: 'consent', person, asked: everythingAsked(context, scope) }
    if (visit.decision === 'cancel') throw new AadstsError(65004)
    for (const { resource, permissions } of missing)
      context.consents.grant({ oid: person.oid }, resource, permissions)
  }
  return { show: 'answer', target, answer: success(context, { person, request, target }) }
}

function readRequest(params: Visit['params']): AuthorizeRequest {
  const parsed = requestSchema.safeParse(params)
  if (!parsed.success)
    throw new AadstsError(
      900144,
      `Parameters: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}.`,
    )
  if (parsed.data.response_type !== 'code') throw new AadstsError(700054)
  if (parsed.data.code_challenge && !parsed.data.code_challenge_method)
    throw new AadstsError(900144, 'Parameters: code_challenge_method.')
  return parsed.data
}

function whoIsIt(
  { chosen, session }: Visit,
  { prompt, login_hint: hint }: AuthorizeRequest,
): Person | undefined {
  if (chosen) return chosen
  if (prompt === 'login' || prompt === 'select_account') return undefined
  return !hint || personByName(hint)?.oid === session?.oid ? session : undefined
}

/** Who may sign in here, the one the app hinted at first. */
function candidates(authority: Authority, hint = ''): Person[] {
  const hinted = personByName(hint)
  return allPeople
    .filter((person) => person.kind !== 'shared-mailbox' && isHomeOf(authority, person))
    .toSorted((one, other) => Number(other === hinted) - Number(one === hinted))
}

/** The words of OpenID Connect are permissions of Microsoft Graph, as in Entra. */
function everythingAsked({ resources: [graph] }: IssuerContext, { openid, asked }: Scope): Asked[] {
  const words = { resource: graph, prefix: '', permissions: openid, isDefault: false }
  return openid.length > 0 ? [...asked, words] : asked
}

function missingConsent(context: IssuerContext, person: Person, scope: Scope): Asked[] {
  return everythingAsked(context, scope)
    .map((asked) => {
      const granted = context.consents.delegated(person, asked.resource)
      const permissions = asked.permissions.filter((permission) => !granted.includes(permission))
      return { ...asked, permissions: asked.isDefault && granted.length > 0 ? [] : permissions }
    })
    .filter(({ permissions }) => permissions.length > 0)
}

type Success = { person: Person; request: AuthorizeRequest; target: Target }

function success(
  { grants, random }: IssuerContext,
  { person, request, target }: Success,
): Record<string, string> {
  const code = grants.issueCode({
    clientId: target.clientId,
    person,
    redirectUri: target.redirectUri,
    scope: request.scope,
    isSpa: target.platform === 'spa',
    ...(request.code_challenge && { challenge: request.code_challenge }),
    ...(request.nonce && { nonce: request.nonce }),
  })
  return {
    code,
    session_state: random.guid(),
    ...(request.client_info === '1' && { client_info: clientInfo(person) }),
  }
}

/** Front-channel errors have no `invalid_grant`: what a person could mend is `interaction_required`. */
export function refusal(context: IssuerContext, failure: AadstsError): Record<string, string> {
  const { error, error_description, error_uri } = tokenErrorBody(failure, context)
  return {
    error: error === 'invalid_grant' ? 'interaction_required' : error,
    error_description,
    error_uri,
  }
}
