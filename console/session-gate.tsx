import { useCallback, useMemo, useState, type ReactElement } from 'react'
import { Session } from '../models/wire/session.ts'
import { createApi } from '../ui/api/client.ts'
import { ProblemBar } from '../ui/components/problem-bar.tsx'
import { useLoadable } from '../ui/hooks/use-loadable.ts'
import { SignedIn } from './signed-in.tsx'
import { LoadingView } from './shell/loading-view.tsx'
import { Page } from './shell/page.tsx'
import { WelcomeView } from './views/welcome-view.tsx'

export type SessionGateProps = { baseUrl: string; themeButton: ReactElement }

/** Asks who is here and shows the page for them. */
export function SessionGate({ baseUrl, themeButton }: SessionGateProps) {
  const api = useMemo(() => createApi({ baseUrl }), [baseUrl])
  const { state, reload } = useLoadable(() => api.get('/api/v1/session', Session), [api])
  const [ended, setEnded] = useState(false)
  const handleLeft = useCallback(
    (how: 'signed-out' | 'ended') => {
      setEnded(how === 'ended')
      reload()
    },
    [reload],
  )

  if (state.status === 'ready')
    return (
      <SignedIn
        baseUrl={baseUrl}
        session={state.value}
        themeButton={themeButton}
        onLeft={handleLeft}
      />
    )
  return (
    <Page tools={themeButton}>
      {state.status === 'loading' && <LoadingView />}
      {state.status === 'failed' &&
        (state.error.code === 'not-signed-in' ? (
          <WelcomeView sessionEnded={ended} />
        ) : (
          <ProblemBar title="FlowCRM did not open" problem={state.error} onRetry={reload} />
        ))}
    </Page>
  )
}
