import { z } from 'zod'

/** What a Test Sync tries, in this order. */
export const syncTestSteps = [
  'credential',
  'permissions',
  'subscription',
  'notification',
  'delta',
  'store',
  'reconcile',
] as const
export const SyncTestStepName = z.enum(syncTestSteps)
export type SyncTestStepName = z.infer<typeof SyncTestStepName>

/**
 * Whose it is, where something is wrong: Microsoft 365's (it passes by itself), FlowCRM's own, a setting or sign-in of the
 * mailbox's person, or what an administrator of the organization allows.
 */
export const SyncTestFault = z.enum(['provider', 'service', 'person', 'admin'])
export type SyncTestFault = z.infer<typeof SyncTestFault>

/** One step as it ended. Nothing of a person is in it: no address, no name of a folder. */
export const SyncTestStep = z.object({
  step: SyncTestStepName,
  /** `skipped`: it could not be tried, or nobody wants what it tries. */
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** Stable, kebab-case. */
  code: z.string(),
  fault: SyncTestFault.nullable(),
  sentence: z.string(),
  todo: z.string().nullable(),
  ms: z.int(),
})
export type SyncTestStep = z.infer<typeof SyncTestStep>

export const SyncTestResult = z.object({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** The worst of its steps; one that was skipped does not count. */
  status: z.enum(['ok', 'warning', 'failed']),
  ms: z.int(),
  steps: z.array(SyncTestStep),
})
export type SyncTestResult = z.infer<typeof SyncTestResult>

/** `POST /api/v1/mailboxes/{id}/test`: server-sent events, each step when it begins and when it ends, the whole at last. */
export const SyncTestEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step-began'), step: SyncTestStepName }),
  z.object({ type: z.literal('step-ended'), result: SyncTestStep }),
  z.object({ type: z.literal('finished'), result: SyncTestResult }),
])
export type SyncTestEvent = z.infer<typeof SyncTestEvent>
