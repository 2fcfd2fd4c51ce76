import {
  Skeleton,
  SkeletonItem,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components'
import { useEffect, type ReactNode } from 'react'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { DryRunRequest } from '../../models/wire/rules.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { AskBeforeLeaving } from '../router/ask-before-leaving.tsx'
import { card } from '../shell/look.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { TryPanel } from './try/try-panel.tsx'
import { useRules, type OpenRules, type RuleSet, type RuleSource } from './use-rules.ts'
import type { Telling } from './versions/change-words.ts'
import { SaveBar } from './versions/save-bar.tsx'
import { VersionsPanel } from './versions/versions-panel.tsx'

export type EditorProps<Saved extends RuleSet<object>> = {
  api: ConsoleApi
  source: RuleSource<Saved>
  /** On whose mail the rules can be tried. */
  mailboxes: readonly Mailbox[]
  toTry: (rules: Saved['rules']) => Pick<DryRunRequest, 'rules' | 'workspaceRules'>
  /** How a change of them is told where a version is listed. */
  telling: Telling
  /** What keeps rules from being saved. */
  problemsIn?: (rules: Saved['rules']) => readonly string[]
  /** Whether something is typed that is not saved. */
  onEdited: (isEdited: boolean) => void
  children: (open: OpenRules<Saved>) => ReactNode
}

/** Somebody's rules as they are typed, saved and undone; beside them, what they would do. */
export function Editor<Saved extends RuleSet<object>>(props: EditorProps<Saved>) {
  const { api, source, mailboxes, toTry, telling, problemsIn, onEdited, children } = props
  const styles = useStyles()
  const { state, reload } = useRules(api, source)
  const isEdited = state.status === 'ready' && state.value.isEdited
  useEffect(() => onEdited(isEdited), [isEdited, onEdited])
  if (state.status === 'loading') return <RulesSkeleton />
  if (state.status === 'failed')
    return <ProblemBar title="The rules did not load" problem={state.error} onRetry={reload} />
  const open = state.value
  const problems = problemsIn?.(open.rules) ?? []
  return (
    <div className={styles.frame}>
      <div className={styles.column}>
        {children(open)}
        <SaveBar {...{ api, source, open, problems }} />
        <AskBeforeLeaving isUnsaved={isEdited} onLeave={open.discard} />
      </div>
      <div className={mergeClasses(styles.column, styles.aside)}>
        <TryPanel {...{ api, mailboxes }} rules={toTry(open.sent)} isWrong={problems.length > 0} />
        <VersionsPanel {...{ api, source, open, telling }} />
      </div>
    </div>
  )
}

function RulesSkeleton() {
  const styles = useStyles()
  return (
    <Skeleton aria-label="Loading the rules" className={styles.bones}>
      {['30%', '80%', '60%', '75%', '45%'].map((width) => (
        <SkeletonItem key={width} size={24} style={{ width }} />
      ))}
    </Skeleton>
  )
}

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    '@media (min-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(20rem, 26rem)' },
  },
  column: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    rowGap: tokens.spacingVerticalL,
  },
  // It stays beside what is typed, and what does not fit is moved by itself.
  aside: {
    '@media (min-width: 1100px)': {
      position: 'sticky',
      insetBlockStart: tokens.spacingVerticalL,
      alignSelf: 'start',
      boxSizing: 'border-box',
      maxHeight: `calc(100dvh - 2 * ${tokens.spacingVerticalL})`,
      margin: `calc(-1 * ${tokens.spacingVerticalXS})`,
      padding: tokens.spacingVerticalXS, // room for the cards' shadows
      overflowY: 'auto',
    },
  },
  bones: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
})
