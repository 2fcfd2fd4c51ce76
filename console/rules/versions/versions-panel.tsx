import {
  Button,
  Skeleton,
  SkeletonItem,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import { RuleVersions } from '../../../models/wire/rules.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { plainList } from '../../shell/look.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { Section } from '../../shell/section.tsx'
import type { OpenRules, RuleSet, RuleSource } from '../use-rules.ts'
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx'

export type VersionsPanelProps<Saved extends RuleSet<object>> = {
  api: ConsoleApi
  source: RuleSource<Saved>
  open: OpenRules<Saved>
}

type Version = RuleVersions['versions'][number]

/** So many are listed; the others on request. */
const FEW = 5

/** Who changed the rules when, and the way back to each version. */
export function VersionsPanel<Saved extends RuleSet<object>>(props: VersionsPanelProps<Saved>) {
  const { api, source, open } = props
  const styles = useStyles()
  const { version } = open.set
  const path = `${source.path}/versions`
  const { state, reload } = useLoadable(() => api.get(path, RuleVersions), [api, path])
  const [isWhole, setIsWhole] = useState(false)
  const [asked, setAsked] = useState<number | null>(null)
  useReloadFor(version, reload)
  return (
    <Section title="Versions">
      {state.status === 'loading' && (
        <Skeleton aria-label="Loading the versions" className={styles.bones}>
          <SkeletonItem style={{ width: '70%' }} />
          <SkeletonItem style={{ width: '55%' }} />
        </Skeleton>
      )}
      {state.status === 'failed' && (
        <ProblemBar title="The versions did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && state.value.versions.length === 0 && (
        <p className={styles.none}>Nobody has changed these rules yet.</p>
      )}
      {state.status === 'ready' && state.value.versions.length > 0 && (
        <>
          <ol className={styles.list} aria-label="Versions" reversed>
            {state.value.versions.slice(0, isWhole ? undefined : FEW).map((each) => (
              <Row key={each.version} of={each} now={version} onAsk={setAsked} />
            ))}
            {(isWhole || state.value.versions.length <= FEW) && (
              <Row of={null} now={version} onAsk={setAsked} />
            )}
          </ol>
          {state.value.versions.length > FEW && (
            <Button size="small" appearance="subtle" onClick={() => setIsWhole(!isWhole)}>
              {isWhole ? 'Show the newest alone' : `Show all ${state.value.versions.length}`}
            </Button>
          )}
        </>
      )}
      {asked !== null && <GoBack {...props} to={asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}

type RowProps = { of: Version | null; now: number; onAsk: (version: number) => void }

/** One version; null: before there was any. */
function Row({ of, now: newest, onAsk }: RowProps) {
  const styles = useStyles()
  const focusTarget = useRestoreFocusTarget()
  const now = useNow()
  const version = of?.version ?? 0
  const isNow = version === newest
  return (
    <li className={styles.row}>
      <span className={styles.words}>
        <span>{of ? `Version ${version}` : 'Before anybody chose'}</span>
        {of && (
          <span className={styles.quiet}>
            <bdi>{of.byName}</bdi>,{' '}
            <time dateTime={of.savedAt} title={mailTime(of.savedAt, now).full}>
              {mailTime(of.savedAt, now).short}
            </time>
            {of.restored !== null &&
              (of.restored === 0 ? ', as at the beginning' : `, as in version ${of.restored}`)}
          </span>
        )}
      </span>
      {isNow ? (
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

type GoBackProps<Saved extends RuleSet<object>> = VersionsPanelProps<Saved> & {
  to: number
  onClose: () => void
}

function GoBack<Saved extends RuleSet<object>>(props: GoBackProps<Saved>) {
  const { api, source, open, to, onClose } = props
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const undo = () => {
    const { version } = open.set
    const answer = api.ifStill(version).send('POST', `${source.path}/undo`, { to }, source.schema)
    save(answer, (restored) => {
      open.put(restored)
      announce('The older rules hold again.')
      onClose()
    })
  }
  return (
    <ConfirmDialog
      title={to === 0 ? 'Go back to the beginning?' : `Go back to version ${to}?`}
      confirm="Go back"
      doing={saving}
      failed="The rules are as they were"
      onConfirm={undo}
      onClose={onClose}
    >
      <p>
        A new version is made that says what {to === 0 ? 'held before anybody chose' : 'it said'}.
        No version is lost. Mail that is there already stays as it is until the rules are applied.
      </p>
      {open.isEdited && <p>What you have typed and not saved is dropped.</p>}
    </ConfirmDialog>
  )
}

/** Loads anew when there is another version; what is listed stays until then. */
function useReloadFor(version: number, reload: () => void): void {
  const known = useRef(version)
  useEffect(() => {
    if (known.current === version) return
    known.current = version
    reload()
  }, [version, reload])
}

const useStyles = makeStyles({
  bones: { display: 'grid', rowGap: tokens.spacingVerticalS },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { ...plainList, display: 'grid' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    minHeight: '2rem',
    paddingBlock: tokens.spacingVerticalXS,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  words: { display: 'grid', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})
