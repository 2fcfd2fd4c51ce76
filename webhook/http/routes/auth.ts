import { Router, type Request, type Response } from 'express'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Clock } from '../../clock.ts'
import { ForbiddenError, SignInError } from '../../errors.ts'
import { ATTEMPT_MS } from '../../sign-in/attempt.ts'
import type { Members } from '../../people/members.ts'
import type { Arrival, Departure, SignInFlow } from '../../sign-in/sign-in-flow.ts'
import {
  findSession,
  personOf,
  requireAdmin,
  requireSession,
  SESSION_MS,
  type SessionParts,
} from '../authenticate.ts'
import type { OwnCookie } from '../cookies.ts'
import { requireOwnPage } from '../middleware/own-page.ts'
import type { WriteAccess } from '../../write-back/write-access.ts'
import type { MailboxDesk } from '../../crm/ports.ts'

export type AuthParts = SessionParts & {
  clock: Clock
  publicUrl: string
  signIn: SignInFlow
  attemptCookie: OwnCookie
  mailboxes: MailboxDesk
  writeAccess: Pick<WriteAccess, 'isWanted'>
  members: Pick<Members, 'signedIn'>
  audit: Audit
}

/** Where a browser goes to sign in, to connect a mailbox, to consent for a tenant, and where it comes back to. */
export function authRoutes(parts: AuthParts): Router {
  const { signIn } = parts
  const router = Router()

  router.get('/sign-in', async (request, response) => {
    const { returnTo } = request.query
    depart(parts, response, await signIn.begin({ purpose: 'sign-in', returnTo }))
  })

  router.get('/connect', async (request, response) => {
    const session = await findSession(parts, request)
    if (!session) return response.redirect('/auth/sign-in?returnTo=/auth/connect')
    const loginHint = session.address
    const purpose = (await parts.writeAccess.isWanted(session)) ? 'connect-both-ways' : 'connect'
    depart(parts, response, await signIn.begin({ purpose, loginHint }))
  })

  router.get('/callback', async (request, response) => {
    const arrival = await signIn.finish(request.query, returningAttempt(parts, request, response))
    response.redirect(
      arrival.purpose === 'sign-in'
        ? await signedIn(parts, { request, response, arrival })
        : await connected(parts, request, arrival),
    )
  })

  router.get('/admin-consent', async (request, response) => {
    const session = await findSession(parts, request)
    if (!session) return response.redirect('/auth/sign-in?returnTo=/auth/admin-consent')
    requireAdmin(personOf(session))
    depart(parts, response, signIn.beginAdminConsent(session.workspaceId))
  })

  router.get('/admin-consent/callback', (request, response) => {
    const attempt = returningAttempt(parts, request, response)
    response.redirect(`/?adminConsent=${signIn.finishAdminConsent(request.query, attempt)}`)
  })

  router.post(
    '/sign-out',
    requireSession(parts),
    requireOwnPage(parts.publicUrl),
    async (request, response) => {
      await parts.sessions.delete(parts.sessionCookie.read(request) ?? '')
      parts.sessionCookie.clear(response)
      response.sendStatus(204)
    },
  )

  return router
}

function depart({ attemptCookie }: AuthParts, response: Response, { url, cookie }: Departure) {
  attemptCookie.write(response, cookie, ATTEMPT_MS)
  response.redirect(url)
}

/** An attempt is good for one answer, whatever that is. */
function returningAttempt({ attemptCookie }: AuthParts, request: Request, response: Response) {
  attemptCookie.clear(response)
  return attemptCookie.read(request)
}

/** Always a new session: one that somebody else may have planted before is worth nothing. */
async function signedIn(
  { audit, members, sessions, sessionCookie, clock }: AuthParts,
  { request, response, arrival }: { request: Request; response: Response; arrival: Arrival },
): Promise<string> {
  const before = sessionCookie.read(request)
  if (before) await sessions.delete(before)
  const { identity } = arrival
  await audit.write({
    ...{ workspaceId: identity.workspaceId, who: actorOf(identity), action: 'signed-in' },
    object: { kind: 'person', id: identity.userId },
  })
  await members.signedIn(identity)
  const expiresAt = new Date(clock.now().getTime() + SESSION_MS)
  sessionCookie.write(response, await sessions.create({ ...identity, expiresAt }), SESSION_MS)
  return arrival.returnTo
}

/** People connect their own mailbox; shared ones are an administrator's to connect. */
async function connected(
  parts: AuthParts,
  request: Request,
  { identity, homeAccountId, keepTokens }: Arrival,
): Promise<string> {
  const session = await findSession(parts, request)
  if (!session)
    throw new ForbiddenError('Your session ended meanwhile. Sign in, then connect again.')
  const isSamePerson =
    session.workspaceId === identity.workspaceId && session.userId === identity.userId
  if (!isSamePerson)
    throw new SignInError(
      'wrong-account',
      'You are signed in to FlowCRM with another account than this one. Connect the mailbox of the account you are signed in with.',
    )
  await keepTokens()
  const { address } = session
  const { _id } = await parts.mailboxes.connectDelegated({
    ...personOf(session),
    address,
    homeAccountId,
  })
  return `/?connected=${encodeURIComponent(_id)}`
}
