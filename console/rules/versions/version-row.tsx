import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import type { RuleVersions } from '../../../models/wire/rules/rule-versions.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import { ChangeList } from './change-list.tsx'
import { changeWords, type Telling } from './change-words.ts'

type Version = RuleVersions['versions'][number]

export type VersionRowProps = {
  /** Null: before there was any. */
  of: Version | null
  /** The one in force. */
  now: number
  telling: Telling
  onAsk: (version: number) => void
}

/** One version: who made it when, what it changed, and the way back to it. */
export function VersionRow({ of, now: newest, telling, onAsk }: VersionRowProps) {
  const styles = useStyles()
  const focusTarget = useRestoreFocusTarget()
  const version = of?.version ?? 0
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div>{of ? `Version ${version}` : 'Before anybody chose'}</div>
        {of && (
          <>
            <Maker of={of} />
            <ChangeList version={version} lines={linesOf(of, telling)} />
          </>
        )}
      </div>
      {version === newest ? (
        <span className={styles.quiet}>In force</span>
      ) : (
        <Button
          {...focusTarget}
          size="small"
          appearance="subtle"
          aria-label={of ? `Go back to version ${version}` : 'Go back to the beginning'}
          onClick={() => onAsk(version)}
        >
          Go back
        </Button>
      )}
    </li>
  )
}

function linesOf({ changed: { was, now } }: Version, telling: Telling): string[] {
  const lines = changeWords(was, now, telling)
  return lines.length > 0 ? lines : ['Nothing that makes a difference']
}

function Maker({ of: { byName, savedAt, restored } }: { of: Version }) {
  const styles = useStyles()
  const time = mailTime(savedAt, useNow())
  return (
    <div className={styles.quiet}>
      <bdi>{byName}</bdi>,{' '}
      <time dateTime={savedAt} title={time.full}>
        {time.short}
      </time>
      {restored !== null &&
        (restored === 0 ? ', as at the beginning' : `, as in version ${restored}`)}
    </div>
  )
}

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'start',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    minHeight: '2rem',
    paddingBlock: tokens.spacingVerticalXS,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  words: { flex: '1 1 12rem', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})
