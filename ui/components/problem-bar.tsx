import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { ArrowClockwise16Regular } from '@fluentui/react-icons/svg/arrow-clockwise'
import type { ReactNode } from 'react'
import type { Failure } from '../api/failure.ts'
import { CopyButton } from './copy-button.tsx'

export type ProblemBarProps = {
  /** What did not work, as a short sentence: "The mail list did not load". */
  title: string
  problem: Failure
  onRetry?: () => void
  /** Another way out, beside Try again: a link or a button. */
  action?: ReactNode
}

/** What happened, what to do, the number for support, and a way to try again. */
export function ProblemBar({ title, problem, onRetry, action }: ProblemBarProps) {
  const styles = useStyles()
  const { detail, requestId, retryAfterSeconds } = problem
  return (
    <MessageBar intent="error" layout="multiline" className={styles.bar}>
      <MessageBarBody>
        <div role="alert">
          <MessageBarTitle className={styles.title}>{title}</MessageBarTitle>
          <span>{detail}</span>
          {retryAfterSeconds !== null && (
            <span> Wait about {retryAfterSeconds} seconds first.</span>
          )}
        </div>
        {requestId !== null && (
          <div className={styles.request}>
            <span className={styles.label}>Request id for support:</span>
            <code className={styles.id}>{requestId}</code>
            <CopyButton text={requestId} label="Copy request id" />
          </div>
        )}
      </MessageBarBody>
      {(onRetry ?? action) && (
        <MessageBarActions>
          {onRetry && (
            <Button size="small" icon={<ArrowClockwise16Regular />} onClick={onRetry}>
              Try again
            </Button>
          )}
          {action}
        </MessageBarActions>
      )}
    </MessageBar>
  )
}

const useStyles = makeStyles({
  bar: { paddingBlock: tokens.spacingVerticalS, maxWidth: '100%' },
  title: { display: 'block' },
  request: {
    display: 'grid',
    gridTemplateColumns: 'auto auto',
    justifyContent: 'start',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    marginBlockStart: tokens.spacingVerticalXS,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  label: { gridColumnStart: 1, gridColumnEnd: 3 },
  id: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', userSelect: 'all' },
})
