import { Button, Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import { RuleVersions } from '../../../models/wire/rules/rule-versions.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { plainList } from '../../shell/look.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { Section } from '../../shell/section.tsx'
import type { OpenRules, RuleSet, RuleSource } from '../use-rules.ts'
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx'
import type { Telling } from './change-words.ts'
import { VersionRow } from './version-row.tsx'

export type VersionsPanelProps<Saved extends RuleSet<object>> = {
  api: ConsoleApi
  source: RuleSource<Saved>
  open: OpenRules<Saved>
  telling: Telling
}

/** So many are listed; the others on request. */
const FEW = 5

/** Who changed what in the rules when, and the way back to each version. */
export function VersionsPanel<Saved extends RuleSet<object>>(props: VersionsPanelProps<Saved>) {
  const { api, source, open, telling } = props
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
              <VersionRow
                key={each.version}
                of={each}
                now={version}
                telling={telling}
                onAsk={setAsked}
              />
            ))}
            {(isWhole || state.value.versions.length <= FEW) && (
              <VersionRow of={null} now={version} telling={telling} onAsk={setAsked} />
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
})
