import { Button } from '@fluentui/react-components'
import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { OpenMessage } from '../../office/item.ts'
import { DraftPane } from '../compose/draft-pane.tsx'
import { MeetingFrame } from '../meeting/meeting-frame.tsx'
import { Shown } from './look/shown.tsx'
import { MessageSummary } from './message-summary.tsx'
import { Notice } from './notice.tsx'
import type { Pane } from '../pane/pane.ts'
import { SignIn } from './sign-in.tsx'
import type { Trouble, View } from '../pane/view.ts'
import { Waiting } from './waiting.tsx'
import { announcementOf, titleOf } from '../pane/words.ts'

/** The open message, if there is one, and below it what the CRM says. */
export function PaneView({ pane }: { pane: Pane }) {
  const view = useSyncExternalStore(pane.subscribe, pane.view)
  const announce = useAnnounce()
  const message = 'message' in view ? view.message : null
  const words = announcementOf(view)
  const about = message && nameOf(message)
  useEffect(() => {
    if (words) announce(words)
  }, [words, about, announce])
  return (
    <>
      {message && <MessageSummary message={message} />}
      <State view={view} pane={pane} />
    </>
  )
}

function State({ view, pane }: { view: View; pane: Pane }): ReactNode {
  switch (view.kind) {
    case 'starting':
      return <Waiting label="Getting ready" />
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
        <Notice title="No message is open">
          Open an e-mail to see whether the CRM has it. If several are selected, choose one.
        </Notice>
      )
    case 'draft':
      return view.draft ? (
        <DraftPane draft={view.draft} pane={pane} />
      ) : (
        <Notice title="This is a draft">
          It can be logged once it has been sent. Open a message to log it.
        </Notice>
      )
    case 'not-mail':
      return view.meeting ? (
        <MeetingFrame meeting={view.meeting} pane={pane} />
      ) : (
        <Notice title="This is a meeting">
          Outlook does not tell when it is, so it cannot be logged yet. Open a message to log it.
        </Notice>
      )
    case 'loading':
      return <Waiting label="Looking in the CRM" />
    case 'shown':
      return (
        <>
          {view.trouble && <TroubleBar trouble={view.trouble} pane={pane} />}
          <Shown key={nameOf(view.message)} view={view} pane={pane} />
        </>
      )
    case 'failed':
      return <TroubleBar trouble={view} pane={pane} />
  }
}

function TroubleBar({ trouble, pane }: { trouble: Trouble; pane: Pane }) {
  const { problem, again } = trouble
  return (
    <ProblemBar
      title={titleOf(trouble)}
      problem={problem}
      onRetry={() => pane.again(again)}
      action={
        // The wrong account is the usual reason, and trying again with it changes nothing.
        problem.code === 'forbidden' && (
          <Button size="small" onClick={() => void pane.signIn('anybody')}>
            Use another account
          </Button>
        )
      }
    />
  )
}

/** What is open on one message is not open on the next. */
const nameOf = ({ itemId, internetMessageId }: OpenMessage) => itemId ?? internetMessageId ?? ''
