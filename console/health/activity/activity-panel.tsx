import {
  Field,
  Select,
  Skeleton,
  SkeletonItem,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components'
import { ErrorCircle16Filled } from '@fluentui/react-icons/svg/error-circle'
import { Info16Regular } from '@fluentui/react-icons/svg/info'
import { Warning16Filled } from '@fluentui/react-icons/svg/warning'
import { useState, type ReactElement } from 'react'
import {
  Activity,
  activityKinds,
  type ActivityEntry,
  type ActivityKind,
} from '../../../models/wire/health/activity.ts'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { Api } from '../../../ui/api/client.ts'
import { Hidden } from '../../../ui/components/hidden.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import { pathWith } from '../../paging/use-pages.ts'
import { plainList } from '../../shell/look.ts'
import { Disclosure } from '../../disclosure/disclosure.tsx'

const DAY_MS = 86_400_000

const KIND_WORDS: Record<ActivityKind, string> = {
  people: 'What people did',
  reading: 'Reading',
  comparison: 'Comparisons',
  subscription: 'Subscriptions',
  credential: 'Sign-in',
  test: 'Test Sync',
  message: 'Messages not stored',
}

/** How far back, in days. */
const SINCE: Record<string, [words: string, days: number | null]> = {
  all: ['Any time', null],
  day: ['The last day', 1],
  week: ['The last 7 days', 7],
}

export type ActivityPanelProps = { api: Api; mailbox: Mailbox }

/** What was done with a mailbox, and what went wrong; loaded when somebody wants to see it. */
export function ActivityPanel(props: ActivityPanelProps) {
  if (props.mailbox.status === 'disconnected') return null
  return <Disclosure title="Activity">{() => <Opened {...props} />}</Disclosure>
}

function Opened({ api, mailbox: { id } }: ActivityPanelProps) {
  const styles = useStyles()
  const [kind, setKind] = useState<ActivityKind | null>(null)
  const [since, setSince] = useState('all')
  const days = SINCE[since]?.[1] ?? null
  const { state, reload } = useLoadable(() => {
    const from = days === null ? null : new Date(Date.now() - days * DAY_MS).toISOString()
    const path = `/api/v1/mailboxes/${encodeURIComponent(id)}/activity`
    return api.get(pathWith(path, { kind, since: from }), Activity)
  }, [api, id, kind, days])
  return (
    <div className={styles.panel}>
      <div className={styles.filters}>
        <Field label="Show" size="small">
          <Select
            size="small"
            value={kind ?? ''}
            onChange={(_event, { value }) =>
              setKind(activityKinds.find((each) => each === value) ?? null)
            }
          >
            <option value="">Everything</option>
            {activityKinds.map((each) => (
              <option key={each} value={each}>
                {KIND_WORDS[each]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Since" size="small">
          <Select size="small" value={since} onChange={(_event, { value }) => setSince(value)}>
            {Object.entries(SINCE).map(([value, [words]]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {state.status === 'loading' && (
        <Skeleton aria-label="Loading the activity">
          <SkeletonItem size={64} />
        </Skeleton>
      )}
      {state.status === 'failed' && (
        <ProblemBar title="The activity did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && <Entries {...state.value} />}
    </div>
  )
}

function Entries({ entries, isCut }: Activity) {
  const styles = useStyles()
  if (entries.length === 0)
    return <p className={styles.text}>There is nothing like that. Show everything, at any time.</p>
  return (
    <>
      <ul className={styles.list} aria-label="Activity">
        {entries.map((entry, index) => (
          <Entry key={`${entry.at} ${index}`} entry={entry} />
        ))}
      </ul>
      <p className={styles.quiet}>
        {isCut
          ? 'There is more than this. Choose what to show, to see the rest.'
          : 'Of what FlowCRM does by itself, the last of each kind in each folder is listed.'}
      </p>
    </>
  )
}

const ICONS: Record<ActivityEntry['severity'], ReactElement> = {
  info: <Info16Regular />,
  warning: <Warning16Filled />,
  error: <ErrorCircle16Filled />,
}

/** Colour is only on top: those who listen hear it, too. */
const SEVERITY_WORDS = { info: '', warning: 'Look at this: ', error: 'Wrong: ' }

function Entry({ entry: { at, severity, sentence, folderName } }: { entry: ActivityEntry }) {
  const styles = useStyles()
  const now = useNow()
  const time = mailTime(at, now)
  return (
    <li className={styles.entry}>
      <span className={mergeClasses(styles.icon, styles[severity])} aria-hidden>
        {ICONS[severity]}
      </span>
      <span>
        <Hidden>{SEVERITY_WORDS[severity]}</Hidden>
        {folderName !== null && (
          <>
            <bdi className={styles.folder}>{folderName}</bdi>:{' '}
          </>
        )}
        {sentence}
      </span>
      <time className={styles.time} dateTime={at} title={time.full}>
        {time.short}
      </time>
    </li>
  )
}

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalM,
    paddingBlock: tokens.spacingVerticalS,
    maxWidth: '44rem',
  },
  filters: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  quiet: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  list: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalXS },
  entry: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'baseline',
  },
  icon: { display: 'inline-flex', alignSelf: 'start', paddingBlockStart: '2px' },
  info: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorStatusWarningForeground3 },
  error: { color: tokens.colorStatusDangerForeground1 },
  folder: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  time: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
  },
})
