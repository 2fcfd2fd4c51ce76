import { makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Light, Mailbox } from '../../models/wire/mailbox.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useNow } from '../../ui/hooks/use-now.ts'
import { LineBadge } from '../emails/line-badge.tsx'
import { FirstRunGuide } from '../first-run/first-run-guide.tsx'
import { useLive } from '../live/live-line.tsx'
import { ChooseFoldersDialog } from '../mailboxes/choose-folders-dialog.tsx'
import { ConnectActions } from '../mailboxes/connect/connect-actions.tsx'
import { ConnectSharedDialog } from '../mailboxes/connect/connect-shared-dialog.tsx'
import { MailboxCard } from '../mailboxes/mailbox-card.tsx'
import { MailboxesSkeleton } from '../mailboxes/mailboxes-skeleton.tsx'
import { waitsToBeWritten } from '../mailboxes/mending/ways-out.ts'
import { useMailboxes } from '../mailboxes/use-mailboxes.ts'
import { plainList } from '../shell/look.ts'
import { PageTitle } from '../shell/page-title.tsx'
import type { Visit } from '../visit.ts'
import { ActivityPanel } from './activity/activity-panel.tsx'
import { DelayOfMail } from './figures/delay-of-mail.tsx'
import { FindingsPanel } from './findings/findings-panel.tsx'
import { MailboxAccount } from './mailbox-account.tsx'
import { MailboxActions } from './mailbox-actions.tsx'
import { SupportBundle } from './support/support-bundle.tsx'
import { TestSync } from './test-sync/test-sync.tsx'
import { UsagePanel } from './usage-panel.tsx'

/** Those that need somebody come first. */
const URGENCY: Record<Light['colour'], number> = { red: 0, amber: 1, off: 2, green: 3 }

/** Every mailbox with its light, what to do about it, and the signed account of what it holds. */
export default function HealthView({ api, session }: Visit) {
  const styles = useStyles()
  const now = useNow()
  const mailboxes = useMailboxes(api)
  const [choosing, setChoosing] = useState<string | null>(null)
  const [sharing, setSharing] = useState(false)
  const line = useLive({
    onOpen: mailboxes.reload,
    onEvent: (event) => {
      if (event.type === 'mailbox-changed') mailboxes.put(event.mailbox)
    },
  })
  const { state } = mailboxes
  const all = state.status === 'ready' ? state.value : []
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
      <div className={styles.head}>
        <PageTitle>Mailboxes</PageTitle>
        <LineBadge status={line} />
      </div>
      {state.status === 'loading' && <MailboxesSkeleton />}
      {state.status === 'failed' && (
        <ProblemBar
          title="Your mailboxes did not load"
          problem={state.error}
          onRetry={mailboxes.reload}
        />
      )}
      {state.status === 'ready' && all.length === 0 && (
        <FirstRunGuide
          session={session}
          mailboxes={all}
          connect={connect}
          onChooseFolders={({ id }) => setChoosing(id)}
          onHide={null}
        />
      )}
      {all.length > 0 && (
        <>
          <FindingsPanel api={api} />
          <h2 className={styles.summary}>{summaryOf(all)}</h2>
          <ul className={styles.list} aria-label="Mailboxes">
            {byUrgency(all).map((mailbox) => (
              <MailboxCard
                key={mailbox.id}
                mailbox={mailbox}
                session={session}
                now={now}
                folded
                onChooseFolders={({ id }) => setChoosing(id)}
              >
                <MailboxActions api={api} mailbox={mailbox} onChanged={mailboxes.put} />
                <div className={styles.more}>
                  <MailboxAccount api={api} mailbox={mailbox} />
                  <TestSync api={api} mailbox={mailbox} />
                  <DelayOfMail api={api} mailbox={mailbox} />
                  <ActivityPanel api={api} mailbox={mailbox} />
                  <SupportBundle api={api} mailbox={mailbox} />
                </div>
              </MailboxCard>
            ))}
          </ul>
          {connect}
          <UsagePanel api={api} />
        </>
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

/** The order in which they need somebody; equals stay as they came. */
export const byUrgency = (mailboxes: readonly Mailbox[]): Mailbox[] =>
  mailboxes.toSorted((a, b) => urgencyOf(a) - urgencyOf(b))

/** One that waits to be written to comes before those that are as well otherwise. */
const urgencyOf = (mailbox: Mailbox): number =>
  URGENCY[mailbox.light.colour] - (waitsToBeWritten(mailbox) ? 0.5 : 0)

function summaryOf(mailboxes: readonly Mailbox[]): string {
  const red = mailboxes.filter(({ light }) => light.colour === 'red').length
  if (red === 0) return mailboxes.some(isUnfinished) ? UNFINISHED : wordsWithoutTrouble(mailboxes)
  return red === 1
    ? 'One mailbox needs somebody. It comes first.'
    : `${red} mailboxes need somebody. They come first.`
}

const wordsWithoutTrouble = (mailboxes: readonly Mailbox[]): string =>
  mailboxes.some(waitsToBeWritten)
    ? 'No mailbox is in trouble. One that waits for a permission says what to do.'
    : 'No mailbox needs anybody.'

/** Connected, and nothing is read yet. */
const isUnfinished = ({ status, light, paused }: Mailbox): boolean =>
  status === 'connected' && light.colour === 'off' && paused === null
const UNFINISHED = 'No mailbox is in trouble. One that is not watched says what to do.'

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  summary: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightRegular,
  },
  list: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalM },
  more: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalXXS,
  },
})
