import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { EmailsPanel } from '../emails/emails-panel.tsx'
import { EmptyList } from '../emails/empty-list.tsx'
import { ReadingDialog } from '../emails/reading-dialog.tsx'
import { MailboxFilter } from '../emails/mailbox-filter.tsx'
import { ChooseFoldersDialog } from '../mailboxes/choose-folders-dialog.tsx'
import { ConnectActions } from '../mailboxes/connect-actions.tsx'
import { MailboxesPanel } from '../mailboxes/mailboxes-panel.tsx'
import { MailboxesSkeleton } from '../mailboxes/mailboxes-skeleton.tsx'
import { navigate } from '../router/navigate.ts'
import { addresses } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { ConnectView } from './connect-view.tsx'
import { ConsentNotice } from './consent-notice.tsx'
import { useHome } from './use-home.ts'
import { useLanding } from './use-landing.ts'

export type HomeViewProps = Visit & {
  /** The e-mail that is open; null: none. */
  emailId: string | null
}

/** Signed in: the mailboxes with their lights, and the mail. */
export default function HomeView({ api, baseUrl, session, emailId }: HomeViewProps) {
  const styles = useStyles()
  const landing = useLanding()
  const { mailboxes, list, filter, setFilter, newIds, line } = useHome(api)
  const { state } = mailboxes
  const all = state.status === 'ready' ? state.value : []
  const { choosing, setChoosing } = useChoosing(
    state.status === 'ready' ? all : null,
    landing.connected,
  )

  const handleConnected = (mailbox: Mailbox) => {
    mailboxes.put(mailbox)
    setChoosing(mailbox.id)
  }
  const connect = (
    <ConnectActions api={api} session={session} mailboxes={all} onConnected={handleConnected} />
  )
  const toChoose = all.find(({ id }) => id === choosing)

  const listed =
    list.state.status === 'ready' ? list.state.value.emails.find(({ id }) => id === emailId) : null

  return (
    <>
      <PageTitle hidden>Inbox</PageTitle>
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
            onOpen={({ id }) => navigate(addresses.email(id))}
            filter={
              all.length > 1 && (
                <MailboxFilter mailboxes={all} chosen={filter} onChoose={setFilter} />
              )
            }
            empty={<EmptyList mailboxes={all} sandbox={session.sandbox} />}
          />
        </div>
      )}
      {emailId !== null && (
        <ReadingDialog
          api={api}
          baseUrl={baseUrl}
          emailId={emailId}
          subject={listed?.subject}
          onClose={() => navigate(addresses.inbox)}
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
