import { z } from 'zod'
import { SyncTestResult } from './sync-test.ts'

/** Of how many messages so long a time was needed: half of them, and 19 of 20, took no longer. */
const Percentiles = z.object({ p50Ms: z.int(), p95Ms: z.int() })

/** How late new mail was, of the latest messages for which it is known. */
export const Lag = z.object({
  messages: z.int(),
  /** When the oldest of them was received. */
  since: z.iso.datetime(),
  /** From Microsoft 365's receipt until FlowCRM was told, or asked. */
  provider: Percentiles,
  /** From then until it was stored. */
  ours: Percentiles,
})
export type Lag = z.infer<typeof Lag>

/** `GET /api/v1/mailboxes/{id}/health`: what its light does not say. */
export const MailboxHealth = z.object({
  at: z.iso.datetime(),
  /** Null: no new mail of late for which it is known. */
  lag: Lag.nullable(),
  /** When Microsoft 365 last announced a mail that was stored; null: not of late. */
  lastAnnouncedAt: z.iso.datetime().nullable(),
  /** Requests that the answering instance made for it in ten minutes, and how many Microsoft 365 allows it. */
  requests: z.object({ used: z.int(), most: z.int() }).nullable(),
  lastTest: SyncTestResult.nullable(),
})
export type MailboxHealth = z.infer<typeof MailboxHealth>
