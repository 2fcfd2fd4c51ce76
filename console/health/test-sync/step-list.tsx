import { Spinner, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle'
import { Circle20Regular } from '@fluentui/react-icons/svg/circle'
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle'
import { SubtractCircle20Regular } from '@fluentui/react-icons/svg/subtract-circle'
import { Warning20Filled } from '@fluentui/react-icons/svg/warning'
import type { ReactElement } from 'react'
import {
  syncTestSteps,
  type SyncTestStep,
  type SyncTestStepName,
} from '../../../models/wire/health/sync-test.ts'
import { plainList } from '../../shell/look.ts'
import { FAULT_WORDS, STATUS_WORDS, STEP_WORDS, duration } from './words.ts'

export type StepListProps = {
  ended: readonly SyncTestStep[]
  /** The one being tried now. */
  running: SyncTestStepName | null
}

/** Every step of the test in its order: those that ended with what came of them, and those still to come. */
export function StepList({ ended, running }: StepListProps) {
  const styles = useStyles()
  return (
    <ol className={styles.list} aria-label="Steps">
      {syncTestSteps.map((step) => {
        const result = ended.find((one) => one.step === step)
        return result ? (
          <Ended key={step} result={result} />
        ) : (
          <Ahead key={step} step={step} isRunning={step === running} />
        )
      })}
    </ol>
  )
}

const ICONS: Record<SyncTestStep['status'], ReactElement> = {
  ok: <CheckmarkCircle20Filled />,
  warning: <Warning20Filled />,
  failed: <ErrorCircle20Filled />,
  skipped: <SubtractCircle20Regular />,
}

function Ended({ result }: { result: SyncTestStep }) {
  const styles = useStyles()
  const { step, status, sentence, todo, fault, ms } = result
  return (
    <li className={styles.step}>
      <span className={mergeClasses(styles.icon, styles[status])} aria-hidden>
        {ICONS[status]}
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <strong>{STEP_WORDS[step]}</strong>
          <span className={styles.quiet}>
            {STATUS_WORDS[status]}
            {status !== 'skipped' && `, ${duration(ms)}`}
          </span>
        </div>
        <span>{sentence}</span>
        {fault && <span className={styles.quiet}>Whose it is: {FAULT_WORDS[fault]}.</span>}
        {todo && (
          <span>
            <strong>What to do: </strong>
            {todo}
          </span>
        )}
      </div>
    </li>
  )
}

function Ahead({ step, isRunning }: { step: SyncTestStepName; isRunning: boolean }) {
  const styles = useStyles()
  return (
    <li className={styles.step}>
      <span className={mergeClasses(styles.icon, styles.skipped)} aria-hidden>
        {isRunning ? <Spinner size="tiny" /> : <Circle20Regular />}
      </span>
      <div className={styles.head}>
        <span className={isRunning ? undefined : styles.quiet}>{STEP_WORDS[step]}</span>
        {isRunning && <span className={styles.quiet}>Being tried…</span>}
      </div>
    </li>
  )
}

const useStyles = makeStyles({
  list: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalM },
  step: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
  },
  icon: { display: 'inline-flex', alignItems: 'start', height: '20px' },
  ok: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground3 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  skipped: { color: tokens.colorNeutralForeground3 },
  body: { display: 'grid', rowGap: tokens.spacingVerticalXXS },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalS,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})
