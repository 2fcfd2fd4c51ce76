import { identityNames, sessionNames, type IdentityName } from './identities.ts'
import type { Objects } from './objects.ts'

/** How a route is called, and what each identity gets from it. */
export type Row = {
  /** As it is mounted: `GET /api/v1/mailboxes/{id}/folders`. */
  route: string
  /** What `{name}`s in the path stand for: objects of Alice. */
  params: Record<string, keyof Objects>
  query: string
  /** Where the version is read that the change names; null: it needs none. */
  versionFrom: string | null
  /** A body that would be taken. */
  body: ((objects: Objects) => unknown) | null
  expected: Record<IdentityName, number>
}

type Options = Partial<Pick<Row, 'params' | 'query' | 'versionFrom'>> & {
  body?: object | ((objects: Objects) => unknown)
}

/** The status for some identities, another one for everybody else. */
function row(
  route: string,
  { body, params = {}, query = '', versionFrom = null }: Options,
  expected: (name: IdentityName) => number,
): Row {
  return {
    ...{ route, params, query, versionFrom },
    body:
      body === undefined ? null : typeof body === 'function' ? (body as Row['body']) : () => body,
    expected: Object.fromEntries(
      identityNames.map((name) => [name, expected(name)]),
    ) as Row['expected'],
  }
}

const hasSession = (name: IdentityName) => (sessionNames as readonly string[]).includes(name)

/** Anybody gets the same. */
export const forAnybody = (route: string, status: number, options: Options = {}) =>
  row(route, options, () => status)

/** Whoever has a session. */
export const forSessions = (route: string, status: number, options: Options = {}) =>
  row(route, options, (name) => (hasSession(name) ? status : 401))

/** Members: whoever has a session, but for an auditor who is nothing else. */
export const forMembers = (route: string, status: number, options: Options = {}) =>
  row(route, options, (name) => (!hasSession(name) ? 401 : name === 'auditor' ? 403 : status))

/** Administrators, also another tenant's: of their own workspace, that is. */
export const forAdmins = (route: string, status: number, options: Options = {}) =>
  row(route, options, (name) => {
    if (!hasSession(name)) return 401
    return name === 'admin' || name === 'carol of another tenant' ? status : 403
  })

export const forAuditors = (route: string, status: number, options: Options = {}) =>
  row(route, options, (name) => {
    if (!hasSession(name)) return 401
    return name === 'alice' || name === 'bob' ? 403 : status
  })

/** Something of Alice that she and administrators may use; for others it is not there. */
export const forOwnerAndAdmins = (route: string, status: number, options: Options) =>
  row(route, options, (name) => {
    if (!hasSession(name)) return 401
    return name === 'alice' || name === 'admin' ? status : 404
  })

/** Something of Alice that is hers alone; for others it is not there. */
export const forOwner = (route: string, status: number, options: Options) =>
  row(route, options, (name) => {
    if (!hasSession(name)) return 401
    return name === 'alice' ? status : 404
  })

/** Something of the workspace, for its members; `auditorGets` where one who is no member comes. */
export const forWorkspace = (
  route: string,
  status: number,
  options: Options & { auditorGets?: number },
) =>
  row(route, options, (name) => {
    if (!hasSession(name)) return 401
    if (name === 'carol of another tenant') return 404
    return name === 'auditor' ? (options.auditorGets ?? status) : status
  })

/** The add-in, by bearer token. */
export const forPane = (route: string, status: number, options: Options = {}) =>
  row(route, options, (name) => (name.endsWith('’s add-in') ? status : 401))

/** By name, everybody else another status. */
export const forSome = (
  route: string,
  { others, ...some }: Partial<Record<IdentityName, number>> & { others: number },
  options: Options = {},
) => row(route, options, (name) => some[name] ?? others)
