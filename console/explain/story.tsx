import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import { Fragment } from 'react'
import type { AccountStory, StoryLine } from '../../models/wire/explain.ts'
import { useNow } from '../../ui/hooks/use-now.ts'
import { mailTime } from '../../ui/mail-time.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { card } from '../shell/look.ts'

const STATES = {
  stored: { word: 'In the CRM', color: 'success' },
  pending: { word: 'Waiting', color: 'warning' },
  excluded: { word: 'Left out', color: 'informative' },
  failed: { word: 'Could not be read', color: 'danger' },
  gone: { word: 'Gone from the mailbox', color: 'subtle' },
} as const

const WHO: Record<AccountStory['who'], string> = {
  nobody: '',
  member: 'You can do that.',
  admin: 'An administrator of your organization can do that.',
  operator: 'Whoever runs FlowCRM can do that.',
  microsoft: 'Only Microsoft 365 can do that.',
}

/** What the ledger says of one message: what it is now and why, what would change it, and how it came to be so. */
export function Story({ account }: { account: AccountStory }) {
  const styles = useStyles()
  const now = useNow()
  const { word, color } = STATES[account.state]
  const { sentence, change, who, history, emailId, subject, delay } = account
  return (
    <li className={styles.card}>
      {subject !== null && <strong dir="auto">{subject || 'No subject'}</strong>}
      <div className={styles.head}>
        <Badge appearance="tint" shape="rounded" size="large" color={color}>
          {word}
        </Badge>
        <span>{sentence}</span>
      </div>
      <p className={styles.text}>
        <strong>What would change it: </strong>
        {change} {WHO[who]}
      </p>
      <dl className={styles.facts}>
        {factsOf(account, now).map(([label, value]) => (
          <Fragment key={label}>
            <dt className={styles.label}>{label}</dt>
            <dd className={styles.value}>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {delay && <p className={styles.text}>{delay.sentence}</p>}
      <Timeline lines={history} />
      {emailId !== null && (
        <div>
          <PageLink to={addresses.email(emailId)}>Open the e-mail</PageLink>
        </div>
      )}
    </li>
  )
}

function factsOf(account: AccountStory, now: Date): [string, string][] {
  const { reason, ruleVersion, folder, receivedAt, retries, retryAt, attempts } = account
  const when = (at: string) => mailTime(at, now).full
  const facts: [string, string | null][] = [
    ['Received', receivedAt && when(receivedAt)],
    ['Folder', folder && `${folder.name}${folder.watched ? '' : ' (not watched)'}`],
    ['Reason', reason],
    ['Rules', `version ${ruleVersion}`],
    ['Tried in vain', attempts > 0 ? `${attempts} ${attempts === 1 ? 'time' : 'times'}` : null],
    ['Next try', retries ? (retryAt === null ? 'with the next comparison' : when(retryAt)) : null],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null)
}

/** Every event of the ledger, the first one first. */
function Timeline({ lines }: { lines: readonly StoryLine[] }) {
  const styles = useStyles()
  if (lines.length === 0) return null
  return (
    <ol className={styles.timeline} aria-label="What happened">
      {lines.map(({ at, sentence }, index) => (
        <li key={index} className={styles.event}>
          <time dateTime={at} className={styles.label}>
            {new Date(at).toLocaleString()}
          </time>
          <span>{sentence}</span>
        </li>
      ))}
    </ol>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
  },
  text: { margin: 0 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    margin: 0,
  },
  label: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  timeline: {
    listStyleType: 'none',
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalM,
    borderLeft: `${tokens.strokeWidthThick} solid ${tokens.colorNeutralStroke2}`,
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
  },
  event: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@media (min-width: 720px)': {
      gridTemplateColumns: '12rem minmax(0, 1fr)',
      columnGap: tokens.spacingHorizontalM,
    },
  },
})
