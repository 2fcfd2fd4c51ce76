import { AadstsError } from '../aadsts.ts'
import { tenantByName, type Person, type Tenant } from '../directory.ts'

/** What the first segment of a path names: one tenant, or (`common`, `organizations`) whichever the person is from. */
export type Authority = { segment: string; tenant?: Tenant }

export function authorityOf(segment: string, app: { multiTenant: boolean }): Authority {
  if (segment === 'common' || segment === 'organizations') {
    if (!app.multiTenant) throw new AadstsError(50194)
    return { segment }
  }
  const tenant = tenantByName(segment)
  if (!tenant) throw new AadstsError(90002, `Tenant: ${segment}.`)
  return { segment, tenant }
}

export function isHomeOf({ tenant }: Authority, person: Person): boolean {
  return !tenant || tenant.id === person.tenantId
}
