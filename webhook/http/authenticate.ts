import type { Request, RequestHandler, Response } from 'express'
import { Role } from '../../models/wire/session.ts'
import type { Session } from '../../models/sign-in/session.ts'
import { HOUR } from '../duration.ts'
import { ForbiddenError, NotSignedInError } from '../errors.ts'
import type { ApiTokens } from '../sign-in/api-tokens.ts'
import type { SessionStore } from '../store/sign-in/session-store.ts'
import type { OwnCookie } from './cookies.ts'
import type { Person } from '../crm/ports.ts'

/** A working day; then the person signs in again. */
export const SESSION_MS = 12 * HOUR

export type SessionParts = {
  sessions: SessionStore
  sessionCookie: OwnCookie
}

/** The session of the request's cookie, if it has a good one. */
export async function findSession(
  { sessions, sessionCookie }: SessionParts,
  request: Request,
): Promise<Session | null> {
  const cookie = sessionCookie.read(request)
  return cookie ? sessions.find(cookie) : null
}

/** Console: a session, or 401. */
export function requireSession(parts: SessionParts): RequestHandler {
  return async (request, response, next) => {
    const session = await findSession(parts, request)
    if (!session) throw new NotSignedInError()
    response.locals['session'] = session
    response.locals['person'] = personOf(session)
    next()
  }
}

/** Add-in: a bearer token of our API scope, or 401. */
export function requireBearer(tokens: ApiTokens): RequestHandler {
  return async (request, response, next) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.get('authorization') ?? '')?.[1]
    if (!token) throw new NotSignedInError()
    const caller = await tokens.verify(token)
    response.locals['person'] = { ...caller, roles: ['member'] } satisfies Person
    next()
  }
}

/** Who asks, behind one of the two above. */
export function signedIn(response: Response): Person {
  const person = response.locals['person'] as Person | undefined
  if (!person) throw new NotSignedInError()
  return person
}

export function sessionOf(response: Response): Session {
  const session = response.locals['session'] as Session | undefined
  if (!session) throw new NotSignedInError()
  return session
}

export function requireAdmin(person: Person): void {
  if (!person.roles.includes('admin'))
    throw new ForbiddenError('Only an administrator of your organization can do this.')
}

/** Auditors look at what people did, not at what they work with. */
export function requireMember({ roles }: Person): void {
  if (!roles.includes('member'))
    throw new ForbiddenError('Only a member of your organization’s workspace can do this.')
}

export function requireAuditor({ roles }: Person): void {
  if (!roles.includes('auditor') && !roles.includes('admin'))
    throw new ForbiddenError(
      'Only an auditor or an administrator of your organization can do this.',
    )
}

export const personOf = ({ workspaceId, userId, displayName, roles }: Session): Person => ({
  workspaceId,
  userId,
  displayName,
  roles: roles.map((role) => Role.parse(role)),
})
