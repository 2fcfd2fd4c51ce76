import { ProgressBar, Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { MailboxHealth, type Lag } from '../../../models/wire/health/mailbox-health.ts'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { timeAgo } from '../../../ui/mail-time.ts'
import { Disclosure } from '../../disclosure/disclosure.tsx'
import { duration } from '../test-sync/words.ts'

/** From here on the limit is near: requests wait for their turn when it is reached. */
const NEAR = 0.9

export type DelayOfMailProps = { api: Api; mailbox: Mailbox }

/**
 * How late new mail was lately, how much of that was Microsoft 365's, and how much it is asked; loaded when somebody
 * wants to see it.
 */
export function DelayOfMail(props: DelayOfMailProps) {
  if (props.mailbox.folders.length === 0) return null
  return <Disclosure title="Delay and requests">{() => <Opened {...props} />}</Disclosure>
}

function Opened({ api, mailbox: { id } }: DelayOfMailProps) {
  const styles = useStyles()
  const now = useNow()
  const path = `/api/v1/mailboxes/${encodeURIComponent(id)}/health`
  const { state, reload } = useLoadable(() => api.get(path, MailboxHealth), [api, path])
  if (state.status === 'loading')
    return (
      <Skeleton aria-label="Loading the delay of new mail">
        <SkeletonItem size={48} />
      </Skeleton>
    )
  if (state.status === 'failed')
    return (
      <ProblemBar
        title="The delay of new mail did not load"
        problem={state.error}
        onRetry={reload}
      />
    )
  const { lag, lastAnnouncedAt, requests } = state.value
  return (
    <div className={styles.panel}>
      {lag ? (
        <Figures lag={lag} />
      ) : (
        <p className={styles.text}>
          No new mail has come since its folders were first read, so there is nothing to measure
          yet.
        </p>
      )}
      {lastAnnouncedAt && (
        <p className={styles.text}>
          Microsoft 365 last announced a mail {timeAgo(lastAnnouncedAt, now)}.
        </p>
      )}
      {requests && <Requests {...requests} />}
    </div>
  )
}

function Figures({ lag }: { lag: Lag }) {
  const styles = useStyles()
  const now = useNow()
  const most = Math.max(lag.provider.p95Ms, lag.ours.p95Ms, 1)
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        {lag.messages === 1
          ? `The one new mail, received ${timeAgo(lag.since, now)}`
          : `The latest ${lag.messages.toLocaleString()} new mails, the first received ${timeAgo(lag.since, now)}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Time taken by</th>
          <th scope="col">Half within</th>
          <th scope="col">19 of 20 within</th>
        </tr>
      </thead>
      <tbody>
        <Part words="Microsoft 365, to say that it is there" most={most} {...lag.provider} />
        <Part words="FlowCRM, to store it" most={most} {...lag.ours} />
      </tbody>
    </table>
  )
}

/** What Microsoft 365 allows for a mailbox in ten minutes, and what was used of it. */
function Requests({ used, most }: { used: number; most: number }) {
  const styles = useStyles()
  const figures = `${used.toLocaleString()} of ${most.toLocaleString()}`
  const isNear = used >= most * NEAR
  return (
    <div>
      <span className={styles.text}>
        Requests to Microsoft 365 in the last ten minutes, by this instance of FlowCRM: {figures}
      </span>
      <ProgressBar
        aria-label="Requests to Microsoft 365 in ten minutes"
        aria-valuetext={figures}
        color={isNear ? 'warning' : 'brand'}
        max={Math.max(most, 1)}
        value={Math.min(used, most)}
      />
      {isNear && (
        <span className={styles.text}>The limit is near. Requests wait for their turn.</span>
      )}
    </div>
  )
}

type PartProps = { words: string; most: number; p50Ms: number; p95Ms: number }

function Part({ words, most, p50Ms, p95Ms }: PartProps) {
  return (
    <tr>
      <th scope="row">{words}</th>
      <Bar ms={p50Ms} most={most} />
      <Bar ms={p95Ms} most={most} />
    </tr>
  )
}

/** The figure is what is read; the bar beneath it compares at a glance. */
function Bar({ ms, most }: { ms: number; most: number }) {
  const styles = useStyles()
  return (
    <td>
      {duration(ms)}
      <div className={styles.track} aria-hidden>
        <div className={styles.bar} style={{ width: `${Math.max(2, (100 * ms) / most)}%` }} />
      </div>
    </td>
  )
}

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    paddingBlock: tokens.spacingVerticalS,
    maxWidth: '44rem',
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  table: {
    width: '100%',
    tableLayout: 'fixed',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    '& th, & td': {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
      borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
      textAlign: 'start',
      verticalAlign: 'top',
      fontVariantNumeric: 'tabular-nums',
    },
    '& th': { fontWeight: tokens.fontWeightSemibold },
  },
  caption: {
    captionSide: 'top',
    textAlign: 'start',
    paddingInline: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground2,
  },
  track: {
    height: '6px',
    marginBlockStart: tokens.spacingVerticalXXS,
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  bar: {
    height: '100%',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorCompoundBrandBackground,
    forcedColorAdjust: 'none',
  },
})
