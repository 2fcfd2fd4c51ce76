import { useEffect, useRef, useState } from 'react'
import {
  SyncTestEvent,
  type SyncTestResult,
  type SyncTestStep,
  type SyncTestStepName,
} from '../../../models/wire/health/sync-test.ts'
import { ApiError, toFailure } from '../../../ui/api/api-error.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'

/** How far a test is. `result` is there when it was whole; `problem` when it could not be made, or broke off. */
export type TestProgress = {
  isRunning: boolean
  running: SyncTestStepName | null
  ended: readonly SyncTestStep[]
  result: SyncTestResult | null
  problem: Failure | null
}

const NOTHING: TestProgress = {
  ...{ isRunning: false, running: null, ended: [], result: null, problem: null },
}

/** Runs Test Sync on a mailbox while it is looked at. */
export function useTestSync(
  api: ConsoleApi,
  mailboxId: string,
  onFinished: (result: SyncTestResult) => void,
) {
  const [progress, setProgress] = useState<TestProgress | null>(null)
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])

  const start = () => {
    const stopping = new AbortController()
    stop.current?.abort()
    stop.current = stopping
    let isWhole = false
    const hear = (event: SyncTestEvent) => {
      if (event.type === 'finished') {
        isWhole = true
        onFinished(event.result)
      }
      setProgress((last) => after(last ?? NOTHING, event))
    }
    const settle = (problem: Failure | null) => {
      if (!stopping.signal.aborted)
        setProgress((last) => ({ ...(last ?? NOTHING), isRunning: false, running: null, problem }))
    }
    setProgress({ ...NOTHING, isRunning: true })
    const path = `/api/v1/mailboxes/${encodeURIComponent(mailboxId)}/test`
    api.follow(path, SyncTestEvent, { onEvent: hear, signal: stopping.signal }).then(
      () => settle(isWhole ? null : BROKEN_OFF),
      (error: unknown) => settle(toFailure(error)),
    )
  }
  return { progress, start }
}

function after(progress: TestProgress, event: SyncTestEvent): TestProgress {
  switch (event.type) {
    case 'step-began':
      return { ...progress, running: event.step }
    case 'step-ended':
      return { ...progress, running: null, ended: [...progress.ended, event.result] }
    case 'finished':
      return { ...progress, running: null, ended: event.result.steps, result: event.result }
  }
}

const BROKEN_OFF = new ApiError({
  code: 'broken-off',
  detail: 'FlowCRM stopped before the last step. Run the test again.',
})
