import { Button, ProgressBar, makeStyles, tokens } from '@fluentui/react-components'
import { Play16Regular } from '@fluentui/react-icons/svg/play'
import { MailboxHealth } from '../../../models/wire/health/mailbox-health.ts'
import { syncTestSteps, type SyncTestResult } from '../../../models/wire/health/sync-test.ts'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { CopyButton } from '../../../ui/components/copy-button.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { timeAgo } from '../../../ui/mail-time.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { Disclosure } from '../../disclosure/disclosure.tsx'
import { StepList } from './step-list.tsx'
import { useTestSync, type TestProgress } from './use-test-sync.ts'
import { STATUS_WORDS, VERDICTS, duration, resultText } from './words.ts'

export type TestSyncProps = { api: ConsoleApi; mailbox: Mailbox }

/** The end-to-end test of a mailbox: what the last one found, and another one now. */
export function TestSync(props: TestSyncProps) {
  if (props.mailbox.status === 'disconnected') return null
  return <Disclosure title="Test Sync">{() => <Opened {...props} />}</Disclosure>
}

function Opened({ api, mailbox: { id } }: TestSyncProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const path = `/api/v1/mailboxes/${encodeURIComponent(id)}/health`
  const { state } = useLoadable(() => api.get(path, MailboxHealth), [api, path])
  const { progress, start } = useTestSync(api, id, (result) => announce(verdictWords(result)))
  // What the last one found is an extra: when it does not load, a new test says more.
  const shown = progress ?? progressOf(state.status === 'ready' ? state.value.lastTest : null)
  return (
    <div className={styles.panel}>
      <p className={styles.text}>
        Tries each part of the way that a new mail takes, with the mailbox as it is now. No mail is
        changed.
      </p>
      {shown?.problem && (
        <ProblemBar
          title="The test did not come to its end"
          problem={shown.problem}
          onRetry={start}
        />
      )}
      {shown && <Shown progress={shown} />}
      <Ways isRunning={shown?.isRunning ?? false} result={shown?.result ?? null} onStart={start} />
    </div>
  )
}

/** The last test as if it had been run just now. */
const progressOf = (result: SyncTestResult | null): TestProgress | null =>
  result && { isRunning: false, running: null, ended: result.steps, result, problem: null }

function Shown({ progress: { isRunning, running, ended, result } }: { progress: TestProgress }) {
  return (
    <>
      {isRunning && <Progress done={ended.length} />}
      {result && !isRunning && <Verdict result={result} />}
      <StepList ended={ended} running={running} />
    </>
  )
}

type WaysProps = { isRunning: boolean; result: SyncTestResult | null; onStart: () => void }

function Ways({ isRunning, result, onStart }: WaysProps) {
  return (
    <div className={useStyles().ways}>
      <Button
        size="small"
        icon={<Play16Regular />}
        appearance={result ? 'secondary' : 'primary'}
        disabledFocusable={isRunning}
        onClick={onStart}
      >
        {result ? 'Run again' : 'Run the test'}
      </Button>
      {result && !isRunning && (
        <CopyButton isLabelled text={resultText(result)} label="Copy as text" />
      )}
    </div>
  )
}

function Progress({ done }: { done: number }) {
  const words = `${done} of ${syncTestSteps.length} steps`
  return (
    <div>
      <ProgressBar
        aria-label="Test Sync"
        aria-valuetext={words}
        max={syncTestSteps.length}
        value={done}
        thickness="large"
      />
      <span className={useStyles().quiet}>{words}</span>
    </div>
  )
}

function Verdict({ result }: { result: SyncTestResult }) {
  const styles = useStyles()
  const now = useNow()
  return (
    <p className={styles.text}>
      <strong>{VERDICTS[result.status]}</strong>{' '}
      <span className={styles.quiet}>
        Tested {timeAgo(result.finishedAt, now)}, {duration(result.ms)} in all.
      </span>
    </p>
  )
}

/** The verdict and how many steps came to what, for those who listen. */
function verdictWords({ status, steps }: SyncTestResult): string {
  const counts = (['ok', 'warning', 'failed', 'skipped'] as const).flatMap((each) => {
    const count = steps.filter((step) => step.status === each).length
    return count > 0 ? [`${STATUS_WORDS[each]}: ${count}`] : []
  })
  return `Test Sync has ended. ${VERDICTS[status]} ${counts.join(', ')}.`
}

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    paddingBlock: tokens.spacingVerticalS,
    maxWidth: '44rem',
  },
  text: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  ways: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
  },
})
