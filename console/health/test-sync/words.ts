import type {
  SyncTestFault,
  SyncTestResult,
  SyncTestStep,
  SyncTestStepName,
} from '../../../models/wire/health/sync-test.ts'

/** What each step tries, for people. */
export const STEP_WORDS: Record<SyncTestStepName, string> = {
  credential: 'Sign-in with Microsoft',
  permissions: 'Permissions',
  subscription: 'Subscriptions to new mail',
  notification: 'Notifications reach FlowCRM',
  delta: 'Asking what has changed',
  store: 'FlowCRM’s database',
  reconcile: 'Comparison with the mailbox',
}

export const STATUS_WORDS: Record<SyncTestStep['status'], string> = {
  ok: 'Fine',
  warning: 'Look at this',
  failed: 'Failed',
  skipped: 'Not tried',
}

export const FAULT_WORDS: Record<SyncTestFault, string> = {
  provider: 'Microsoft 365’s, and it passes by itself',
  service: 'FlowCRM’s own',
  person: 'a setting or sign-in of this mailbox',
  admin: 'something an administrator allows',
}

/** The whole in one sentence. */
export const VERDICTS: Record<SyncTestResult['status'], string> = {
  ok: 'Everything works.',
  warning: 'It works, and there is something to look at.',
  failed: 'Something does not work.',
}

/** "412 ms", "2.4 s". */
export const duration = (ms: number): string =>
  ms < 1_000
    ? `${ms} ms`
    : `${(ms / 1_000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`

/** The result as text to send to somebody. Nothing personal is in it, but for what is put before it. */
export function resultText({ startedAt, status, ms, steps }: SyncTestResult): string {
  const lines = steps.flatMap(({ step, status: how, code, sentence, todo, ms: took }) => [
    `${STATUS_WORDS[how]}: ${STEP_WORDS[step]} (${code}, ${took} ms)`,
    `  ${sentence}`,
    ...(todo ? [`  What to do: ${todo}`] : []),
  ])
  return [`Test Sync, ${startedAt}: ${VERDICTS[status]} (${ms} ms)`, ...lines].join('\n')
}
