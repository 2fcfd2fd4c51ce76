import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Email } from '../../models/wire/email.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { Session } from '../../models/wire/session.ts'
import type { Api } from '../../ui/api/client.ts'
import { Hidden } from '../../ui/components/hidden.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { EmailsPanel } from '../emails/emails-panel.tsx'
import { EmptyList } from '../emails/empty-list.tsx'
import { ReadingDialog } from '../emails/reading-dialog.tsx'
import { MailboxFilter } from '../emails/mailbox-filter.tsx'
import { ChooseFoldersDialog } from '../mailboxes/choose-folders-dialog.tsx'
import { ConnectActions } from '../mailboxes/connect-actions.tsx'
import { MailboxesPanel } from '../mailboxes/mailboxes-panel.tsx'
import { MailboxesSkeleton } from '../mailboxes/mailboxes-skeleton.tsx'
import { ConnectView } from './connect-view.tsx'
import { ConsentNotice } from './consent-notice.tsx'
import { useHome } from './use-home.ts'
import { useLanding } from './use-landing.ts'

export type HomeViewProps = {
  api: Api
  baseUrl: string
  session: Session
  onSessionEnded: () => void
}

/** Signed in: the mailboxes with their lights, and the mail. */
export default function HomeView({ api, baseUrl, session, onSessionEnded }: HomeViewProps) {
  const styles = useStyles()
  const landing = useLanding()
  const { mailboxes, list, filter, setFilter, newIds, line } = useHome({
    api,
    baseUrl,
    onSessionEnded,
  })
  const { state } = mailboxes
  const all = state.status === 'ready' ? state.value : []
  const { choosing, setChoosing } = useChoosing(
    state.status === 'ready' ? all : null,
    landing.connected,
  )

  const [reading, setReading] = useState<Email | null>(null)

  const handleConnected = (mailbox: Mailbox) => {
    mailboxes.put(mailbox)
    setChoosing(mailbox.id)
  }
  const connect = (
    <ConnectActions api={api} session={session} mailboxes={all} onConnected={handleConnected} />
  )
  const toChoose = all.find(({ id }) => id === choosing)

  return (
    <>
      <Hidden>
        <h1>Your mail in FlowCRM</h1>
      </Hidden>
      <ConsentNotice result={landing.adminConsent} />
      {state.status === 'ready' && all.length === 0 ? (
        <ConnectView actions={connect} />
      ) : (
        <div className={styles.columns}>
          {state.status === 'loading' && <MailboxesSkeleton />}
          {state.status === 'failed' && (
            <ProblemBar
              title="Your mailboxes did not load"
              problem={state.error}
              onRetry={mailboxes.reload}
            />
          )}
          {state.status === 'ready' && (
            <MailboxesPanel
              mailboxes={all}
              isAdmin={session.roles.includes('admin')}
              onChooseFolders={({ id }) => setChoosing(id)}
              connect={connect}
            />
          )}
          <EmailsPanel
            list={list}
            newIds={newIds}
            line={line}
            onOpen={setReading}
            filter={
              all.length > 1 && (
                <MailboxFilter mailboxes={all} chosen={filter} onChoose={setFilter} />
              )
            }
            empty={<EmptyList mailboxes={all} sandbox={session.sandbox} />}
          />
        </div>
      )}
      {reading && (
        <ReadingDialog
          api={api}
          baseUrl={baseUrl}
          email={reading}
          onClose={() => setReading(null)}
        />
      )}
      {toChoose && (
        <ChooseFoldersDialog
          api={api}
          mailbox={toChoose}
          onClose={() => setChoosing(null)}
          onChosen={mailboxes.put}
        />
      )}
    </>
  )
}

/** Whose folders are being chosen. A mailbox that was just connected and watches nothing is asked about by itself. */
function useChoosing(mailboxes: readonly Mailbox[] | null, connected: string | null) {
  const [choosing, setChoosing] = useState<string | null>(null)
  const [asked, setAsked] = useState(connected === null)
  useEffect(() => {
    if (asked || mailboxes === null) return
    setAsked(true)
    const mailbox = mailboxes.find(({ id }) => id === connected)
    if (mailbox?.folders.length === 0) setChoosing(mailbox.id)
  }, [asked, mailboxes, connected])
  return { choosing, setChoosing }
}

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXL,
    alignItems: 'start',
    '@media (min-width: 960px)': { gridTemplateColumns: '22rem minmax(0, 1fr)' },
  },
})
