import { Button, Spinner, makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'
import type { Email } from '../../models/wire/email.ts'
import { countOf } from '../../ui/count.ts'
import { MailList, MailListSkeleton } from '../../ui/components/mail-list.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import type { LineStatus } from '../live/use-live-events.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { moveInList } from './list-keys.ts'
import { LineBadge } from './line-badge.tsx'
import type { MailWindow } from './mail-window.ts'
import type { EmailList, OlderStatus } from './use-email-list.ts'
import { card, heading } from '../shell/look.ts'

export type EmailsPanelProps = {
  list: EmailList
  newIds: ReadonlySet<string>
  line: LineStatus
  /** Chooses what is listed. */
  filter: ReactNode
  onOpen: (email: Email) => void
  /** What to say when there is no mail. */
  empty: ReactNode
}

/** The mail of the mailboxes, newest first, live. */
export function EmailsPanel({ list, newIds, line, filter, onOpen, empty }: EmailsPanelProps) {
  const styles = useStyles()
  const titleId = useId()
  const { state } = list
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          E-mails
        </h2>
        {state.status === 'ready' && (
          <span className={styles.count}>{countOf(state.value.total)}</span>
        )}
        <div className={styles.tools}>
          <LineBadge status={line} />
        </div>
      </div>
      {filter}
      {state.status === 'loading' && <MailListSkeleton />}
      {state.status === 'failed' && (
        <div className={styles.note}>
          <ProblemBar
            title="The mail list did not load"
            problem={state.error}
            onRetry={list.reload}
          />
        </div>
      )}
      {state.status === 'ready' && state.value.emails.length === 0 && (
        <div className={styles.empty}>{empty}</div>
      )}
      {state.status === 'ready' && state.value.emails.length > 0 && (
        <>
          <div onKeyDown={moveInList}>
            <MailList emails={state.value.emails} newIds={newIds} onOpen={onOpen} />
          </div>
          <Older window={state.value} status={list.older} onLoad={list.loadOlder} />
        </>
      )}
      <p className={styles.missing}>
        Is a mail missing?{' '}
        <PageLink inline to={addresses.explain}>
          Find out why
        </PageLink>
      </p>
    </section>
  )
}

type OlderProps = { window: MailWindow; status: OlderStatus; onLoad: () => void }

function Older({ window, status, onLoad }: OlderProps) {
  const styles = useStyles()
  if (window.nextCursor === null) return null
  const loading = status === 'loading'
  return (
    <div className={styles.older}>
      {typeof status === 'object' && (
        <ProblemBar title="Older mail did not load" problem={status} onRetry={onLoad} />
      )}
      <Button
        appearance="subtle"
        disabledFocusable={loading}
        icon={loading ? <Spinner size="tiny" /> : null}
        onClick={onLoad}
      >
        Load older
      </Button>
      <span className={styles.count}>
        {window.emails.length.toLocaleString()} of {countOf(window.total)}
      </span>
    </div>
  )
}

const useStyles = makeStyles({
  panel: {
    minWidth: 0,
    ...card,
    overflow: 'hidden',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  title: {
    ...heading,
  },
  count: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    marginInlineStart: 'auto',
    maxWidth: '100%',
  },
  note: { padding: tokens.spacingHorizontalL },
  empty: {
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    color: tokens.colorNeutralForeground2,
    textAlign: 'center',
  },
  missing: {
    margin: 0,
    padding: tokens.spacingVerticalM,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    color: tokens.colorNeutralForeground2,
    textAlign: 'center',
  },
  older: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: tokens.spacingVerticalM,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
})
