/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen, waitFor, within } from '@testing-library/react'
import {
  syncTestSteps,
  type SyncTestEvent,
  type SyncTestResult,
  type SyncTestStep,
} from '../../../../models/wire/health/sync-test.ts'
import { resultText } from '../../../../console/health/test-sync/words.ts'
import { aProblem, type Answer } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import { at, HEALTH, health, open, withMailbox } from './facts.ts'

const TEST = 'POST /api/v1/mailboxes/m-alice/test'

const aStep = (over: Partial<SyncTestStep> = {}): SyncTestStep => ({
  ...{ step: 'credential', status: 'ok', code: 'accepted', fault: null, todo: null, ms: 412 },
  sentence: 'Microsoft took it.',
  ...over,
})

const aResult = (over: Partial<SyncTestResult> = {}): SyncTestResult => ({
  ...{ startedAt: at, finishedAt: at, status: 'ok', ms: 2_400 },
  steps: syncTestSteps.map((step) => aStep({ step })),
  ...over,
})

const streamOf = (...events: SyncTestEvent[]): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
})

const wholeTest = (result: SyncTestResult): SyncTestEvent[] => [
  ...result.steps.flatMap((step): SyncTestEvent[] => [
    { type: 'step-began', step: step.step },
    { type: 'step-ended', result: step },
  ]),
  { type: 'finished', result },
]

const steps = () => within(screen.getByRole('list', { name: 'Steps' })).getAllByRole('listitem')
const said = (words: RegExp) =>
  waitFor(() => expect(screen.getByRole('status').textContent).toMatch(words))

describe('Test Sync', () => {
  it('shows each step with what came of it, whose it is and what to do, and says the verdict', async () => {
    const result = aResult({
      status: 'failed',
      steps: syncTestSteps.map((step) =>
        step === 'notification'
          ? aStep({
              ...{ step, status: 'failed', code: 'not-reached', fault: 'service' },
              ...{ sentence: 'Microsoft 365 could not reach FlowCRM.', todo: 'Open the port.' },
            })
          : aStep({ step }),
      ),
    })
    await using page = await openConsole(
      withMailbox((service) => service.instead.set(TEST, streamOf(...wholeTest(result)))),
      '/mailboxes',
    )
    await open('Test Sync')
    expect(screen.queryByRole('list', { name: 'Steps' })).toBeNull()
    await open('Run the test')
    await said(/Something does not work\. Fine: 6, Failed: 1\./)
    expect(steps()).toHaveLength(7)
    expect(steps()[3]!.textContent).toBe(
      'Notifications reach FlowCRMFailed, 412 msMicrosoft 365 could not reach FlowCRM.Whose it is: FlowCRM’s own.What to do: Open the port.',
    )
    expect(screen.getByText('Something does not work.')).toBeTruthy()
    expect(screen.getByText(/2\.4 s in all/)).toBeTruthy()
    expect(page.service.requests.find(({ path }) => path.endsWith('/test'))?.csrf).toBe(
      'csrf-of-alice',
    )
    expect(screen.getByRole('button', { name: 'Run again' })).toBeTruthy()
  })

  it('shows what is being tried while it runs', async () => {
    await using _page = await openConsole(
      withMailbox((service) => service.instead.set(TEST, null)),
      '/mailboxes',
    )
    await open('Test Sync')
    await open('Run the test')
    const bar = await screen.findByRole('progressbar', { name: 'Test Sync' })
    expect(bar.getAttribute('aria-valuetext')).toBe('0 of 7 steps')
    expect(screen.getByRole('button', { name: 'Run the test' }).ariaDisabled).toBe('true')
  })

  it('shows what the last one found, without running another', async () => {
    await using page = await openConsole(
      withMailbox((service) => service.instead.set(HEALTH, health({ lastTest: aResult() }))),
      '/mailboxes',
    )
    await open('Test Sync')
    expect(await screen.findByText('Everything works.')).toBeTruthy()
    expect(page.service.requests.some(({ path }) => path.endsWith('/test'))).toBe(false)
  })

  it('says so when another is running, and when it broke off', async () => {
    await using page = await openConsole(
      withMailbox((service) =>
        service.instead.set(TEST, aProblem(409, 'test-running', 'A test runs already.')),
      ),
      '/mailboxes',
    )
    await open('Test Sync')
    await open('Run the test')
    expect((await screen.findByRole('alert')).textContent).toContain('A test runs already.')
    const half: SyncTestEvent[] = [{ type: 'step-ended', result: aStep() }]
    page.service.instead.set(TEST, streamOf(...half))
    await open('Try again')
    expect((await screen.findByText(/stopped before the last step/)).textContent).toBeTruthy()
    expect(steps()[0]!.textContent).toContain('Microsoft took it.')
  })

  it('can be sent to somebody as text', () => {
    const text = resultText(
      aResult({ status: 'warning', steps: [aStep({ status: 'warning', todo: 'Look.' })] }),
    )
    expect(text).toBe(
      [
        'Test Sync, 2026-11-20T09:00:00.000Z: It works, and there is something to look at. (2400 ms)',
        'Look at this: Sign-in with Microsoft (accepted, 412 ms)',
        '  Microsoft took it.',
        '  What to do: Look.',
      ].join('\n'),
    )
  })
})
