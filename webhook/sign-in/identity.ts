import { z } from 'zod'
import type { Role } from '../../models/wire/session.ts'

/** Whoever signed in: `tid` and `oid` are who it is, the rest is for display (house decision 8). */
export type Identity = {
  workspaceId: string
  userId: string
  displayName: string
  address: string
  roles: Role[]
}

/** Role template of the Global Administrator in the `wids` claim; the same in every tenant. */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
/** The app roles that a tenant may give (docs/operations.md). */
const APP_ROLES = { admin: 'Admin', auditor: 'Auditor', member: 'Member' } as const

/** Personal Microsoft accounts live in this tenant: no organization's (outlook-addin 3.4). */
const PERSONAL_ACCOUNTS = '9188040d-6c67-4c5b-b112-36a304b66dad'

const IdClaims = z.object({
  iss: z.string(),
  tid: z.guid(),
  oid: z.guid(),
  name: z.string().max(256).default(''),
  preferred_username: z.string().max(320).default(''),
  wids: z.array(z.string()).default([]),
  roles: z.array(z.string()).default([]),
})

/** Who an ID token is about, or null when it does not say, or speaks for another issuer than ours. */
export function identityOf(idTokenClaims: unknown, issuerTemplate: string): Identity | null {
  const read = IdClaims.safeParse(idTokenClaims)
  if (!read.success || !isIssuerOfTenant(issuerTemplate, read.data)) return null
  const { tid, oid, name, preferred_username: username, wids, roles } = read.data
  return {
    workspaceId: tid,
    userId: oid,
    displayName: name || username,
    address: username.toLowerCase(),
    roles: rolesOf({ wids, roles }),
  }
}

/**
 * Everybody is a member, and may be an administrator too. Only somebody who was made an auditor and nothing else, such as
 * one from outside, is no member: they read the audit log and see no colleague's mail.
 */
function rolesOf({ wids, roles }: { wids: string[]; roles: string[] }): Role[] {
  const isAdmin = wids.includes(GLOBAL_ADMINISTRATOR) || roles.includes(APP_ROLES.admin)
  const isAuditor = roles.includes(APP_ROLES.auditor)
  const isMember = isAdmin || !isAuditor || roles.includes(APP_ROLES.member)
  return [
    ...(isMember ? (['member'] as const) : []),
    ...(isAdmin ? (['admin'] as const) : []),
    ...(isAuditor ? (['auditor'] as const) : []),
  ]
}

/**
 * Whether the issuer is our authority speaking for just that tenant. The template of a single tenant's authority names
 * that tenant, which makes it the allow-list; that of `organizations` holds `{tenantid}`.
 */
export function isIssuerOfTenant(
  template: string,
  { iss, tid }: { iss: string; tid: string },
): boolean {
  return (
    tid !== PERSONAL_ACCOUNTS &&
    iss === template.replace('{tenantid}', tid) &&
    new URL(iss).pathname.split('/')[1] === tid
  )
}
