/** Everybody and everything the sandbox's sign-in knows: plain data, the same on every run. */

export type Tenant = { id: string; domain: string; name: string }

export type Person = {
  /** Entra object id: with the tenant, the only thing that identifies a person. */
  oid: string
  tenantId: string
  name: string
  givenName: string
  surname: string
  /** User principal name and address; for display only. */
  mail: string
  /** An auditor has the app role `Auditor`, and no mailbox. */
  kind: 'member' | 'admin' | 'auditor' | 'shared-mailbox'
}

export const tenants = {
  contoso: {
    id: '0c0a7050-5e1d-4f3a-9b6e-3d1f00c0a701',
    domain: 'contoso.test',
    name: 'Contoso',
  },
  fabrikam: {
    id: '0fab21ca-7a2b-4c5d-8e9f-10fab21ca302',
    domain: 'fabrikam.test',
    name: 'Fabrikam',
  },
} as const satisfies Record<string, Tenant>

const CONTOSO = tenants.contoso.id

export const people = {
  alice: {
    oid: 'a11ce000-0001-4a11-8ce0-00000000a11c',
    tenantId: CONTOSO,
    name: 'Alice Archer',
    givenName: 'Alice',
    surname: 'Archer',
    mail: 'alice@contoso.test',
    kind: 'member',
  },
  bob: {
    oid: 'b0b00000-0002-4b0b-8b0b-000000000b0b',
    tenantId: CONTOSO,
    name: 'Bob Baker',
    givenName: 'Bob',
    surname: 'Baker',
    mail: 'bob@contoso.test',
    kind: 'member',
  },
  admin: {
    oid: 'ada00000-0003-4ada-8ada-000000000ada',
    tenantId: CONTOSO,
    name: 'Ada Admin',
    givenName: 'Ada',
    surname: 'Admin',
    mail: 'admin@contoso.test',
    kind: 'admin',
  },
  vera: {
    oid: '0eea0000-0007-40ee-80ee-000000000eea',
    tenantId: CONTOSO,
    name: 'Vera Vale',
    givenName: 'Vera',
    surname: 'Vale',
    mail: 'vera@contoso.test',
    kind: 'auditor',
  },
  sales: {
    oid: '5a1e5000-0004-45a1-85a1-000000005a1e',
    tenantId: CONTOSO,
    name: 'Contoso Sales',
    givenName: 'Contoso',
    surname: 'Sales',
    mail: 'sales@contoso.test',
    kind: 'shared-mailbox',
  },
  carol: {
    oid: 'ca201000-0005-4ca2-8ca2-00000000ca20',
    tenantId: tenants.fabrikam.id,
    name: 'Carol Carter',
    givenName: 'Carol',
    surname: 'Carter',
    mail: 'carol@fabrikam.test',
    kind: 'admin',
  },
} as const satisfies Record<string, Person>

export type PersonKey = keyof typeof people

/** Role template id of the Global Administrator; it stands in the `wids` claim. */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

/** The client id of Microsoft Graph, the same in every tenant. */
export const GRAPH_CLIENT_ID = '00000003-0000-0000-c000-000000000000'

/** The one registered app: FlowCRM is client and API at once. The secret is worth nothing outside this sandbox. */
export const flowCrm = {
  clientId: 'f10c2300-0006-4f10-8c23-0000000f10c2',
  name: 'FlowCRM for Outlook',
  homeTenantId: CONTOSO,
  secret: 'sandbox-secret-worth-nothing-elsewhere',
  scope: 'access_as_user',
  /** Asked for on the admin consent page, besides what the app asks for when a person signs in. */
  delegatedGraphPermissions: [
    'Mail.Read',
    'Mail.ReadWrite',
    'Mail.ReadBasic',
    'User.Read',
    'openid',
    'profile',
    'email',
    'offline_access',
  ],
  applicationGraphPermissions: ['Mail.Read'],
} as const

export const allPeople: readonly Person[] = Object.values(people)

export const personByOid = (oid: string): Person | undefined =>
  allPeople.find((person) => person.oid === oid)

/** By key (`alice`) or by address (`alice@contoso.test`), as pages and login hints name people. */
export function personByName(name: string): Person | undefined {
  const wanted = name.toLowerCase()
  return (
    Object.entries<Person>(people).find(([key]) => key === wanted)?.[1] ??
    allPeople.find((person) => person.mail === wanted)
  )
}

/** A tenant by id or domain; undefined for `common`, `organizations` and strangers. */
export const tenantByName = (name: string): Tenant | undefined =>
  Object.values<Tenant>(tenants).find(({ id, domain }) => id === name || domain === name)
