import { useCallback, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { z } from 'zod'
import type { Session } from '../models/wire/session.ts'
import { toFailure } from '../ui/api/api-error.ts'
import type { Failure } from '../ui/api/failure.ts'
import { ProblemBar } from '../ui/components/problem-bar.tsx'
import { LiveLine } from './live/live-line.tsx'
import { Pages } from './pages.tsx'
import { unlessUnsaved } from './router/leaving.ts'
import { stepOver, useAddress } from './router/navigate.ts'
import { RemembersPages } from './router/remembered.tsx'
import { addresses, readRoute } from './router/route.ts'
import { createConsoleApi } from './signed-in-api.ts'
import { Account } from './shell/account.tsx'
import { Navigation } from './shell/navigation.tsx'
import { Page } from './shell/page.tsx'
import { SandboxBar } from './shell/sandbox-bar.tsx'

export type SignedInProps = {
  baseUrl: string
  session: Session
  themeButton: ReactElement
  /** The visitor signed out, or the service ended the session. */
  onLeft: (how: 'signed-out' | 'ended') => void
}

/** The page around whatever a signed-in person sees, and the way out. */
export function SignedIn({ baseUrl, session, themeButton, onLeft }: SignedInProps) {
  const [problem, setProblem] = useState<Failure | null>(null)
  const { csrfToken, user, sandbox } = session
  const isLeaving = useRef(false)
  // Who signs out hears "not signed in" from whatever was still being asked.
  const handleEnded = useCallback(() => {
    if (!isLeaving.current) onLeft('ended')
  }, [onLeft])
  const api = useMemo(
    () => createConsoleApi({ baseUrl, csrfToken, onSignedOut: handleEnded }),
    [baseUrl, csrfToken, handleEnded],
  )
  useFirstPage(session.roles)
  const address = useAddress()
  const { page } = readRoute(address)

  const handleSignOut = () => {
    setProblem(null)
    isLeaving.current = true
    api.send('POST', '/auth/sign-out', undefined, z.undefined()).then(
      () => onLeft('signed-out'),
      (error: unknown) => {
        isLeaving.current = false
        setProblem(toFailure(error))
      },
    )
  }

  return (
    <Page
      tools={
        <>
          {themeButton}
          <Account user={user} onSignOut={() => unlessUnsaved(handleSignOut)} />
        </>
      }
      notice={sandbox && <SandboxBar {...sandbox} />}
      navigation={<Navigation page={page} roles={session.roles} />}
    >
      {problem && <ProblemBar title="You are still signed in" problem={problem} />}
      <LiveLine url={`${baseUrl}/api/v1/events`} onSignedOut={handleEnded}>
        <RemembersPages>
          <Pages address={address} visit={{ api, baseUrl, session }} />
        </RemembersPages>
      </LiveLine>
    </Page>
  )
}

/** Who only audits has no mail here: the audit log is what they come for. Later they go where they like. */
function useFirstPage(roles: Session['roles']): void {
  const onlyAudits = useRef(roles.every((role) => role === 'auditor'))
  useLayoutEffect(() => {
    const { pathname, search } = location
    if (onlyAudits.current && pathname === addresses.inbox && search === '')
      stepOver(addresses.compliance())
  }, [])
}
