import { ProgressBar, makeStyles, tokens } from '@fluentui/react-components'
import type { WatchedFolder } from '../../models/wire/mailbox.ts'
import { LightBadge } from '../../ui/components/light-badge.tsx'
import { timeAgo } from '../../ui/mail-time.ts'

export type WatchedFolderRowProps = { folder: WatchedFolder; now: Date }

/** One watched folder: how far its history is read, and its own light. */
export function WatchedFolderRow({ folder, now }: WatchedFolderRowProps) {
  const styles = useStyles()
  const { displayName, backfill, lastSyncAt, light } = folder
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <bdi className={styles.name}>{displayName}</bdi>
        <LightBadge colour={light.colour} size="small" />
      </div>
      {backfill.finishedAt === null ? (
        <Reading name={displayName} {...backfill} />
      ) : (
        <span className={styles.facts}>
          {backfill.done.toLocaleString()} read
          {lastSyncAt !== null && `, checked ${timeAgo(lastSyncAt, now)}`}
        </span>
      )}
      {light.colour !== 'green' && (
        <span className={styles.facts}>
          {light.sentence} {light.todo}
        </span>
      )}
    </li>
  )
}

type ReadingProps = { name: string; done: number; total: number; secondsLeft: number | null }

function Reading({ name, done, total, secondsLeft }: ReadingProps) {
  const styles = useStyles()
  // Graph's count may be behind while mail comes in; the bar must not overflow.
  const of = Math.max(done, total)
  const words = `${done.toLocaleString()} of ${of.toLocaleString()}`
  return (
    <>
      <ProgressBar
        aria-label={`Reading ${name}`}
        aria-valuetext={words}
        max={Math.max(of, 1)}
        value={done}
        thickness="large"
      />
      <span className={styles.facts}>
        {words} read{secondsLeft !== null && `, ${timeLeft(secondsLeft)}`}
      </span>
    </>
  )
}

/** Rounded up, since nobody minds being early. */
function timeLeft(seconds: number): string {
  if (seconds < 60) return 'less than a minute left'
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 120) return `about ${minutes} min left`
  return `about ${Math.ceil(minutes / 60)} hours left`
}

const useStyles = makeStyles({
  row: { display: 'grid', rowGap: tokens.spacingVerticalXXS },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalS,
  },
  name: { overflowWrap: 'anywhere' },
  facts: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
})
