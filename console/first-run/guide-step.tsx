import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircle24Filled } from '@fluentui/react-icons/svg/checkmark-circle'
import type { ReactNode } from 'react'
import { Hidden } from '../../ui/components/hidden.tsx'
import { heading } from '../shell/look.ts'
import type { StepState } from './steps.ts'

const STATE_WORDS: Record<StepState, string> = { done: 'Done', now: 'Next', later: 'Later' }

export type GuideStepProps = {
  number: number
  title: string
  state: StepState
  /** What to do, or what has been done. */
  children?: ReactNode
}

/** One step of the guide: its number until it is done, and what to do when it is its turn. */
export function GuideStep({ number, title, state, children }: GuideStepProps) {
  const styles = useStyles()
  return (
    <li className={styles.step} aria-current={state === 'now' ? 'step' : undefined}>
      {state === 'done' ? (
        <CheckmarkCircle24Filled className={styles.done} aria-hidden />
      ) : (
        <span className={mergeClasses(styles.number, state === 'now' && styles.next)} aria-hidden>
          {number}
        </span>
      )}
      <div className={styles.body}>
        <h3 className={mergeClasses(styles.title, state === 'later' && styles.quiet)}>
          {title}
          <Hidden> ({STATE_WORDS[state]})</Hidden>
        </h3>
        {children}
      </div>
    </li>
  )
}

const useStyles = makeStyles({
  step: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
  },
  done: { color: tokens.colorStatusSuccessForeground1 },
  number: {
    display: 'inline-grid',
    placeItems: 'center',
    boxSizing: 'border-box',
    width: '24px',
    height: '24px',
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusCircular,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  next: {
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  body: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalS, minWidth: 0 },
  title: { ...heading },
  quiet: { color: tokens.colorNeutralForeground3 },
})
