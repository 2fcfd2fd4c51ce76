import { randomUUID } from 'node:crypto'
import type { Mailbox } from '../../models/mailbox.ts'
import {
  syncTestSteps,
  type SyncTestEvent,
  type SyncTestResult,
  type SyncTestStep,
  type SyncTestStepName,
} from '../../models/wire/health/sync-test.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Person } from '../crm/ports.ts'
import { AppError } from '../errors.ts'
import { credential, permissions } from './checks/access.ts'
import { notification, subscription } from './checks/bell.ts'
import { delta, reconcile, store } from './checks/mail.ts'
import { failureOf, overall, skipped, type Found } from './decide/found.ts'
import { rankOf, type Check, type CheckParts, type Trial } from './trial.ts'

/** One at a time for each mailbox. */
export class TestRunningError extends AppError {
  readonly code = 'test-running'
  readonly retry = 'later'

  constructor() {
    super('A test of this mailbox is running already. Wait until it has ended, then run another.')
  }
}

const CHECKS: Record<SyncTestStepName, Check> = {
  ...{ credential, permissions, subscription, notification, delta, store, reconcile },
}

/** What would only say once more that the credential is refused. */
const WITHOUT_CREDENTIAL: readonly SyncTestStepName[] = ['store']

export type TestSyncParts = CheckParts & {
  audit: Audit
  /** Told when a step failed for a reason that nobody foresaw. */
  onStepFailed: (error: unknown) => void
}

/**
 * The end-to-end test of one mailbox: each part of what a new mail's way takes, tried now. It changes no mail, moves no
 * cursor and stores nothing of the mailbox.
 */
export class TestSync {
  constructor(private readonly parts: TestSyncParts) {}

  /** Step by step. Throws a TestRunningError at the first; whoever stops listening ends it. */
  async *run(
    person: Person,
    mailbox: Mailbox,
    signal: AbortSignal,
  ): AsyncGenerator<SyncTestEvent, void> {
    const { syncTests, audit, clock } = this.parts
    const { workspaceId, _id: id } = mailbox
    const object = { kind: 'mailbox', id }
    await audit.write({ workspaceId, who: actorOf(person), action: 'mailbox-tested', object })
    const run = syncTests.runOf(mailbox, randomUUID())
    if (!(await syncTests.begin(mailbox, run.runId))) throw new TestRunningError()
    let result: SyncTestResult | null = null
    try {
      const startedAt = clock.now()
      const steps: SyncTestStep[] = []
      const trial = { ...(await this.trialOf(mailbox)), run }
      for (const step of syncTestSteps) {
        yield { type: 'step-began', step }
        signal.throwIfAborted()
        const ended = await this.made(trial, { step, steps }, signal)
        steps.push(ended)
        await syncTests.extend(run).catch(() => undefined) // the step has said what the store is like
        yield { type: 'step-ended', result: ended }
      }
      result = { ...spanOf(startedAt, clock.now()), status: overall(steps), steps }
    } finally {
      await syncTests.end(run, result).catch(() => undefined) // the lease runs out by itself
    }
    yield { type: 'finished', result }
  }

  /** What the last whole one found. */
  last({ _id }: Mailbox): Promise<SyncTestResult | null> {
    return this.parts.syncTests.last(_id)
  }

  private async trialOf(mailbox: Mailbox): Promise<Omit<Trial, 'run'>> {
    const watched = await this.parts.folders.watchedOf(mailbox._id)
    return {
      ...{ ...this.parts, mailbox, provider: this.parts.providers.forMailbox(mailbox) },
      watched: watched
        .filter(({ deletedAt }) => !deletedAt)
        .sort((one, other) => rankOf(one) - rankOf(other)),
    }
  }

  private async made(
    trial: Trial,
    { step, steps }: { step: SyncTestStepName; steps: readonly SyncTestStep[] },
    signal: AbortSignal,
  ): Promise<SyncTestStep> {
    const { clock } = this.parts
    const from = clock.now().getTime()
    const isRefused = steps.some((done) => done.step === 'credential' && done.status === 'failed')
    const found =
      isRefused && !WITHOUT_CREDENTIAL.includes(step)
        ? UNTRIED
        : await CHECKS[step](trial, signal).catch((error: unknown) => {
            signal.throwIfAborted()
            const failure = failureOf(error)
            if (failure.code === 'internal') this.parts.onStepFailed(error)
            return failure
          })
    return { step, ...found, ms: clock.now().getTime() - from }
  }
}

const UNTRIED: Found = skipped(
  'no-credential',
  'Not tried: Microsoft 365 does not let FlowCRM in (see the first step).',
)

const spanOf = (startedAt: Date, finishedAt: Date) => ({
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt.toISOString(),
  ms: finishedAt.getTime() - startedAt.getTime(),
})
