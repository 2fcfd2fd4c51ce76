import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Info16Regular } from '@fluentui/react-icons/svg/info'
import { Warning16Filled } from '@fluentui/react-icons/svg/warning'
import type { ReactElement } from 'react'
import type { Finding } from '../../../models/wire/health/findings.ts'
import { Hidden } from '../../../ui/components/hidden.tsx'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime, timeAgo } from '../../../ui/mail-time.ts'

const ICONS: Record<Finding['severity'], ReactElement> = {
  warning: <Warning16Filled />,
  info: <Info16Regular />,
}

/** Colour is only on top: those who listen hear it, too. */
const SEVERITY_WORDS = { warning: 'Look at this: ', info: 'Good to know: ' }

/** One finding: of which mailbox and folder, what is, since when, and what to do. */
export function FindingRow({ finding }: { finding: Finding }) {
  const styles = useStyles()
  const { severity, mailbox, folderName, sentence, todo } = finding
  const { address, displayName } = mailbox
  return (
    <li className={styles.row}>
      <span className={mergeClasses(styles.icon, styles[severity])} aria-hidden>
        {ICONS[severity]}
      </span>
      <div className={styles.words}>
        <div className={styles.names}>
          <Hidden>{SEVERITY_WORDS[severity]}</Hidden>
          <bdi title={address}>{displayName || address}</bdi>
          {folderName !== null && (
            <>
              {', '}
              <bdi>{folderName}</bdi>
            </>
          )}
        </div>
        <p className={styles.text}>{sentence}</p>
        {todo !== null && (
          <p className={styles.text}>
            <strong>What to do: </strong>
            {todo}
          </p>
        )}
        <Times {...finding} />
      </div>
    </li>
  )
}

function Times({ since, askedAt }: Pick<Finding, 'since' | 'askedAt'>) {
  const styles = useStyles()
  const now = useNow()
  if (since === null) return null
  const time = mailTime(since, now)
  return (
    <p className={styles.times}>
      Since{' '}
      <time dateTime={since} title={time.full}>
        {time.short}
      </time>
      {askedAt !== null && `; last asked ${timeAgo(askedAt, now)}`}
    </p>
  )
}

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
  },
  icon: { display: 'inline-flex', alignSelf: 'start', paddingBlockStart: '2px' },
  warning: { color: tokens.colorStatusWarningForeground3 },
  info: { color: tokens.colorNeutralForeground3 },
  words: { maxWidth: '46rem', overflowWrap: 'anywhere' },
  names: { fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
  times: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
})
