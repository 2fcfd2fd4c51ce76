import type { Person } from '../directory.ts'
import type { Resource } from '../permissions.ts'

/** Who agreed: one person for themselves, or an administrator for a whole tenant. */
export type Grantee = { oid: string } | { tenantId: string }

type Kind = 'delegated' | 'application'
type Consent = {
  clientId: string
  grantee: string
  resourceId: string
  kind: Kind
  permission: string
}

/** What was consented to, per app, person or tenant, and permission. */
export class Consents {
  private consents: Consent[] = []

  constructor(private readonly clientId: string) {}

  grant(
    grantee: Grantee,
    { clientId: resourceId }: Pick<Resource, 'clientId'>,
    permissions: readonly string[],
    kind: Kind = 'delegated',
  ): void {
    for (const permission of permissions)
      this.consents.push({
        clientId: this.clientId,
        grantee: idOf(grantee),
        resourceId,
        kind,
        permission,
      })
  }

  revoke(grantee: Grantee): void {
    this.consents = this.consents.filter((consent) => consent.grantee !== idOf(grantee))
  }

  /** What a person may be represented for: their own consent and their tenant's. */
  delegated({ oid, tenantId }: Person, resource: Resource): string[] {
    return this.permissions([oid, tenantId], resource, 'delegated')
  }

  application(tenantId: string, resource: Resource): string[] {
    return this.permissions([tenantId], resource, 'application')
  }

  /** Whether the app has ever been let into the tenant: elsewhere than at home it does not exist before (700016). */
  knowsTenant(tenantId: string): boolean {
    return this.consents.some(({ grantee }) => grantee === tenantId)
  }

  private permissions(grantees: string[], { clientId }: Resource, kind: Kind): string[] {
    const matching = this.consents.filter(
      (consent) =>
        consent.resourceId === clientId &&
        consent.kind === kind &&
        grantees.includes(consent.grantee),
    )
    return [...new Set(matching.map(({ permission }) => permission))]
  }
}

const idOf = (grantee: Grantee): string => ('oid' in grantee ? grantee.oid : grantee.tenantId)
