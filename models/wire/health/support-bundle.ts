import { z } from 'zod'
import { MailboxSettings } from '../mailbox.ts'
import { Lag } from './mailbox-health.ts'
import { SyncTestResult } from './sync-test.ts'

export const SUPPORT_BUNDLE_FORMAT = 'flowcrm-support-bundle/1'

const time = z.iso.datetime()
const perhapsTime = time.nullable()
const counts = z.record(z.string(), z.int())

/** What runs, and since when. */
export const BundleService = z.object({
  version: z.string(),
  ruleVersion: z.int(),
  node: z.string(),
  instances: z.array(z.object({ version: z.string(), startedAt: time })),
})

/** Names of settings; no values. */
export const BundleConfiguration = z.object({
  set: z.array(z.string()),
  notSet: z.array(z.string()),
})

/** The mailbox without its address and names; people are keyed digests. */
export const BundleMailbox = z.object({
  id: z.string(),
  owner: z.string(),
  authMode: z.string(),
  status: z.string(),
  light: z.string(),
  trouble: z.object({ action: z.string(), code: z.string(), since: time }).nullable(),
  paused: z.object({ at: time, by: z.string() }).nullable(),
  settings: MailboxSettings,
})

/** A watched folder by its id: how far it is read, when it was compared, and what became of its messages. */
export const BundleFolder = z.object({
  id: z.string(),
  light: z.string(),
  deleted: z.boolean(),
  backfill: z.object({
    ...{ done: z.int(), total: z.int() },
    ...{ startedAt: perhapsTime, finishedAt: perhapsTime },
  }),
  cursor: z.object({ isThere: z.boolean(), midRound: z.boolean(), lastSyncAt: perhapsTime }),
  work: z.object({
    ...{ bellsWaiting: z.int(), isWorkedOn: z.boolean(), dueAt: time },
    ...{ failuresInARow: z.int(), lastErrorCode: z.string().nullable() },
  }),
  comparison: z
    .object({
      ...{ at: time, equal: z.boolean(), missing: z.int(), surplus: z.int() },
      ...{ repaired: z.int(), lostEmails: z.int(), mailboxCount: z.int() },
    })
    .nullable(),
  byState: counts,
  /** Of what is not stored; of very many messages the first so many. */
  byReason: counts,
})

export const BundleSubscription = z.object({
  folderId: z.string(),
  ...{ createdAt: time, renewedAt: time, expiresAt: time, renewAt: time },
  ...{ challengedAt: perhapsTime, bringsHeaders: z.boolean() },
})

/**
 * `GET /api/v1/mailboxes/{id}/support-bundle`: what support needs to know of a mailbox. No address, name, subject or text of
 * a mail, no name of a folder, no value of a setting of the service.
 */
export const SupportBundle = z.object({
  format: z.literal(SUPPORT_BUNDLE_FORMAT),
  at: time,
  service: BundleService,
  configuration: BundleConfiguration,
  mailbox: BundleMailbox,
  folders: z.array(BundleFolder),
  subscriptions: z.array(BundleSubscription),
  lag: Lag.nullable(),
  lastTest: SyncTestResult.nullable(),
})
export type SupportBundle = z.infer<typeof SupportBundle>
