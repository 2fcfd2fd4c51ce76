import { Suspense, lazy, useCallback, useMemo, useState, type ReactElement } from 'react'
import { z } from 'zod'
import type { Session } from '../models/wire/session.ts'
import { createApi } from '../ui/api/client.ts'
import { toFailure } from '../ui/api/api-error.ts'
import type { Failure } from '../ui/api/failure.ts'
import { ProblemBar } from '../ui/components/problem-bar.tsx'
import { withSignOutWatch } from './signed-in-api.ts'
import { Account } from './shell/account.tsx'
import { LoadingView } from './shell/loading-view.tsx'
import { Page } from './shell/page.tsx'
import { SandboxBar } from './shell/sandbox-bar.tsx'

const HomeView = lazy(() => import('./views/home-view.tsx'))

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
  const handleEnded = useCallback(() => onLeft('ended'), [onLeft])
  const api = useMemo(() => {
    const headers = async () => ({ 'x-csrf-token': csrfToken })
    return withSignOutWatch(createApi({ baseUrl, headers }), handleEnded)
  }, [baseUrl, csrfToken, handleEnded])

  const handleSignOut = () => {
    setProblem(null)
    api.send('POST', '/auth/sign-out', undefined, z.undefined()).then(
      () => onLeft('signed-out'),
      (error: unknown) => setProblem(toFailure(error)),
    )
  }

  return (
    <Page
      tools={
        <>
          {themeButton}
          <Account user={user} onSignOut={handleSignOut} />
        </>
      }
      notice={sandbox && <SandboxBar {...sandbox} />}
    >
      {problem && <ProblemBar title="You are still signed in" problem={problem} />}
      <Suspense fallback={<LoadingView />}>
        <HomeView api={api} baseUrl={baseUrl} session={session} onSessionEnded={handleEnded} />
      </Suspense>
    </Page>
  )
}
