import { AadstsError } from '../aadsts.ts'
import { refusal, type Outcome, type Visit } from './authorize.ts'
import { isHomeOf } from './authority.ts'
import type { IssuerContext } from '../context.ts'
import { allPeople, type Person } from '../directory.ts'
import {
  parseScope,
  registeredPermissions,
  registeredRoles,
  type Asked,
  type Resource,
} from '../permissions.ts'
import { findTarget } from './target.ts'

/** What an administrator is asked for: delegated permissions for everybody, and what the app may do by itself. */
export type AdminAsked = Asked & { roles: readonly string[] }

export type AdminOutcome =
  | Extract<Outcome, { show: 'people' | 'answer' }>
  | { show: 'admin-consent'; person: Person; asked: AdminAsked[] }

/**
 * The admin consent page, v2.0 and the older one without version or scope (graph-contract 7.1). A session is not enough:
 * the person is always chosen here, so that who picked somebody without the role can pick again.
 */
export function adminConsent(context: IssuerContext, visit: Visit, version: 1 | 2): AdminOutcome {
  const target = findTarget(context, visit.params)
  const { authority, chosen, params } = visit
  if (version === 2 && authority.segment === 'common') throw new AadstsError(50059)
  const scope = typeof params['scope'] === 'string' ? params['scope'] : ''
  const asked =
    version === 2 && scope ? askedFor(context, scope) : context.resources.map(everythingOf)
  if (!chosen)
    return { show: 'people', people: allPeople.filter((person) => isCandidate(visit, person)) }
  if (chosen.kind !== 'admin')
    throw new AadstsError(90094, `${chosen.name} is not an administrator.`)
  if (!isHomeOf(authority, chosen)) throw new AadstsError(50020)
  context.accounts.assertUsable(chosen)

  if (!visit.decision) return { show: 'admin-consent', person: chosen, asked }
  if (visit.decision === 'cancel')
    return { show: 'answer', target, answer: declined(context, version) }
  grantToTenant(context, chosen.tenantId, asked)
  const answer = { admin_consent: 'True', tenant: chosen.tenantId, ...(version === 2 && { scope }) }
  return { show: 'answer', target, answer }
}

export function grantToTenant(
  { consents }: IssuerContext,
  tenantId: string,
  asked: readonly AdminAsked[],
): void {
  for (const { resource, permissions, roles } of asked) {
    consents.grant({ tenantId }, resource, permissions)
    consents.grant({ tenantId }, resource, roles, 'application')
  }
}

/** All that the registration lists for a resource. */
export const everythingOf = (resource: Resource): AdminAsked => ({
  resource,
  prefix: '',
  permissions: [...registeredPermissions(resource)],
  isDefault: true,
  roles: registeredRoles(resource),
})

function askedFor({ resources }: IssuerContext, scope: string): AdminAsked[] {
  const { openid, asked } = parseScope(scope, resources)
  const words = {
    resource: resources[0],
    prefix: '',
    permissions: openid,
    isDefault: false,
    roles: [],
  }
  const perResource = asked.map((each) => ({
    ...each,
    roles: each.isDefault ? registeredRoles(each.resource) : [],
  }))
  return openid.length > 0 ? [...perResource, words] : perResource
}

const isCandidate = ({ authority }: Visit, person: Person): boolean =>
  person.kind !== 'shared-mailbox' && isHomeOf(authority, person)

/** The two versions name a refusal differently (graph-contract 7.1). */
function declined(context: IssuerContext, version: 1 | 2): Record<string, string> {
  const answer = refusal(context, new AadstsError(65004))
  return version === 2
    ? { ...answer, error: 'consent_required' }
    : { error: 'permission_denied', error_description: 'The admin canceled the request' }
}
