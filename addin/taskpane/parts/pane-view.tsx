import { Button, Spinner } from '@fluentui/react-components'
import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { MessageSummary } from './message-summary.tsx'
import { NotLogged } from './not-logged.tsx'
import { Notice } from './notice.tsx'
import type { Pane } from '../pane/pane.ts'
import { SignIn } from './sign-in.tsx'
import { Stored } from './stored.tsx'
import type { View } from '../pane/view.ts'
import { announcementOf, titleOf } from '../pane/words.ts'

/** The open message, if there is one, and below it what the CRM says. */
export function PaneView({ pane }: { pane: Pane }) {
  const view = useSyncExternalStore(pane.subscribe, pane.view)
  const announce = useAnnounce()
  useEffect(() => {
    const words = announcementOf(view)
    if (words) announce(words)
  }, [view, announce])
  return (
    <>
      {'message' in view && view.message && <MessageSummary message={view.message} />}
      <State view={view} pane={pane} />
    </>
  )
}

function State({ view, pane }: { view: View; pane: Pane }): ReactNode {
  const handleLog = () => void pane.log()
  switch (view.kind) {
    case 'starting':
      return <Spinner size="small" label="Getting ready" />
    case 'signed-out':
    case 'signing-in':
      return (
        <SignIn
          waiting={view.kind === 'signing-in'}
          problem={view.kind === 'signed-out' ? view.problem : null}
          onSignIn={() => void pane.signIn()}
        />
      )
    case 'no-item':
      return (
        <Notice title="No message is open">Open an e-mail to see whether the CRM has it.</Notice>
      )
    case 'draft':
      return <Notice title="This is a draft">It can be logged once it has been sent.</Notice>
    case 'not-mail':
      return <Notice title="This is not an e-mail">FlowCRM logs e-mails only.</Notice>
    case 'loading':
      return <Spinner size="small" label="Looking in the CRM" />
    case 'not-logged':
    case 'logging':
      return <NotLogged logging={view.kind === 'logging'} onLog={handleLog} />
    case 'stored':
      return <Stored {...view} onLog={handleLog} />
    case 'failed':
      return (
        <ProblemBar
          title={titleOf(view)}
          problem={view.problem}
          onRetry={() => pane.again(view.again)}
          action={
            // The wrong account is the usual reason, and trying again with it changes nothing.
            view.problem.code === 'forbidden' && (
              <Button size="small" onClick={() => void pane.signIn('anybody')}>
                Use another account
              </Button>
            )
          }
        />
      )
  }
}
