import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Email } from '../../models/wire/email.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { EmailsPanel } from '../emails/emails-panel.tsx'
import { EmptyList } from '../emails/empty-list.tsx'
import { ReadingDialog } from '../emails/reading/reading-dialog.tsx'
import type { OnMarked } from '../emails/reading/use-read-state.ts'
import { FilterBar } from '../emails/filters/filter-bar.tsx'
import { isNarrow } from '../emails/filters/inbox-filter.ts'
import { FirstRunGuide } from '../first-run/first-run-guide.tsx'
import { useFirstRun } from '../first-run/use-first-run.ts'
import { ChooseFoldersDialog } from '../mailboxes/choose-folders-dialog.tsx'
import { ConnectActions } from '../mailboxes/connect/connect-actions.tsx'
import { ConnectSharedDialog } from '../mailboxes/connect/connect-shared-dialog.tsx'
import { MailboxesPanel } from '../mailboxes/mailboxes-panel.tsx'
import { MailboxesSkeleton } from '../mailboxes/mailboxes-skeleton.tsx'
import { goOver, leave, stepOver } from '../router/navigate.ts'
import { addresses } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
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
  const known = state.status === 'ready' ? all : null
  const { choosing, setChoosing } = useChoosing(known, landing.connected)
  const firstRun = useFirstRun(known)
  const [sharing, setSharing] = useState(false)

  const handleConnected = (mailbox: Mailbox) => {
    mailboxes.put(mailbox)
    if (mailbox.folders.length === 0) setChoosing(mailbox.id)
  }
  const connect = (
    <ConnectActions session={session} mailboxes={all} onConnectShared={() => setSharing(true)} />
  )
  const toChoose = all.find(({ id }) => id === choosing)

  return (
    <>
      <PageTitle hidden>Inbox</PageTitle>
      <ConsentNotice result={landing.adminConsent} />
      {firstRun.isWanted && (
        <FirstRunGuide
          session={session}
          mailboxes={all}
          emails={list.state.status === 'ready' ? list.state.value.total : null}
          connect={connect}
          onChooseFolders={({ id }) => setChoosing(id)}
          onHide={firstRun.hide}
        />
      )}
      {(known === null || all.length > 0) && (
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
              session={session}
              onChooseFolders={({ id }) => setChoosing(id)}
              connect={connect}
            />
          )}
          <EmailsPanel
            list={list}
            newIds={newIds}
            line={line}
            onOpen={({ id }) => goOver(addresses.email(id))}
            filter={
              <FilterBar {...{ api, session, filter }} mailboxes={all} onFilter={setFilter} />
            }
            empty={
              isNarrow(filter) ? (
                'No mail is like that. Change the filter, or show all mail.'
              ) : (
                <EmptyList
                  mailboxes={all.filter(({ id }) => id === (filter.mailboxId ?? id))}
                  session={session}
                />
              )
            }
          />
        </div>
      )}
      {emailId !== null && (
        <OpenedMail
          api={api}
          baseUrl={baseUrl}
          emailId={emailId}
          withContacts={session.roles.includes('member')}
          listed={list.state.status === 'ready' ? list.state.value.emails : []}
          onMarked={list.mark}
        />
      )}
      {sharing && (
        <ConnectSharedDialog
          api={api}
          onConnected={handleConnected}
          onClose={() => setSharing(false)}
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

type OpenedMailProps = Pick<Visit, 'api' | 'baseUrl'> & {
  emailId: string
  withContacts: boolean
  listed: readonly Email[]
  onMarked: OnMarked
}

/** The e-mail that is open over the list, and the ways to its neighbours there. */
function OpenedMail({ listed, ...mail }: OpenedMailProps) {
  const { emailId } = mail
  const opened = listed.findIndex(({ id }) => id === emailId)
  return (
    <ReadingDialog
      {...mail}
      subject={listed[opened]?.subject}
      newer={listed[opened - 1]?.id}
      older={opened < 0 ? undefined : listed[opened + 1]?.id}
      onStep={(id) => stepOver(addresses.email(id))}
      onClose={() => leave(addresses.inbox)}
    />
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
