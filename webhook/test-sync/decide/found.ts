import type { CredentialAction } from '../../../models/mailbox.ts'
import type {
  SyncTestFault,
  SyncTestResult,
  SyncTestStep,
} from '../../../models/wire/health/sync-test.ts'
import { AppError, ProviderError } from '../../errors.ts'
import { adviceOn, troubleOf } from '../../sign-in/decide/trouble.ts'
import { isStoreDown } from '../../store/store-down.ts'

/** What a step came to. */
export type Found = Omit<SyncTestStep, 'step' | 'ms'>

type Blame = { fault: SyncTestFault | null; todo: string | null }

export const fine = (code: string, sentence: string): Found => ({
  ...{ status: 'ok', code, sentence, fault: null, todo: null },
})

export const skipped = (code: string, sentence: string, todo: string | null = null): Found => ({
  ...{ status: 'skipped', code, sentence, fault: null, todo },
})

export const warning = (code: string, sentence: string, blame: Blame): Found => ({
  ...{ status: 'warning', code, sentence, ...blame },
})

export const failed = (code: string, sentence: string, blame: Blame): Found => ({
  ...{ status: 'failed', code, sentence, ...blame },
})

/** Whoever can end a credential's trouble. */
const BY_ACTION: Record<CredentialAction, SyncTestFault> = {
  ...{ reconnect: 'person', consent: 'person', admin: 'admin', policy: 'admin' },
  operator: 'service',
}

const NOTHING_TO_DO = 'Nothing: FlowCRM tries again by itself, and no mail is lost meanwhile.'

/** What a failed call says: whose fault it is, and what to do. Only words of our own. */
export function failureOf(error: unknown): Found {
  if (error instanceof ProviderError) return refusal(error)
  if (isStoreDown(error) || (error instanceof AppError && error.code === 'store-unavailable'))
    return failed('store-unavailable', 'FlowCRM’s database does not answer.', {
      ...{ fault: 'service', todo: 'Tell whoever runs FlowCRM. Nothing is lost meanwhile.' },
    })
  return failed('internal', 'FlowCRM itself failed at this step.', {
    ...{ fault: 'service', todo: 'Run the test again. If it stays, send support the bundle.' },
  })
}

function refusal(error: ProviderError): Found {
  const trouble = troubleOf(error)
  if (trouble) {
    const { sentence, todo } = adviceOn(trouble)
    return failed(error.code, sentence, { fault: BY_ACTION[trouble.action], todo })
  }
  const blame: Blame = { fault: 'provider', todo: NOTHING_TO_DO }
  switch (error.code) {
    case 'throttled':
      return failed(error.code, 'Microsoft 365 asks FlowCRM to wait with this mailbox.', blame)
    case 'item-not-found':
      return failed(error.code, 'Microsoft 365 no longer has what was asked for.', blame)
    default:
      return failed(error.code, 'Microsoft 365 does not answer as it should.', blame)
  }
}

/** The worst of the steps. */
export function overall(steps: readonly SyncTestStep[]): SyncTestResult['status'] {
  const has = (status: SyncTestStep['status']) => steps.some((step) => step.status === status)
  return has('failed') ? 'failed' : has('warning') ? 'warning' : 'ok'
}
