import type { AttachmentState } from '../models/attachments/attachment.ts'
import type { Proof } from '../models/folder.ts'
import type { LedgerEvent } from '../models/ledger-entry.ts'
import type { SignedCheckpoint } from '../models/wire/audit.ts'
import type { SignedErasureReport, SignedLifting } from '../models/wire/people/erasure.ts'
import { SECOND } from './duration.ts'
import type { Withheld } from './html/cleaner.ts'
import type { Logger } from './logger.ts'
import type { Instruments } from './metrics/instruments.ts'
import type { Alarm } from './notifications/alarms.ts'
import type { RequestMade } from './provider/graph/requests/network.ts'
import type { LedgerWrite } from './store/ledger-store.ts'
import { isStoreDown } from './store/store-down.ts'

/**
 * One helper per business event; what is worth a line is logged, and what is worth a figure is counted, here and nowhere
 * else. Ids only, and in metrics not even those: no subjects, bodies, addresses or tokens ever get this far.
 */
export function createEvents(log: Logger, metrics: Instruments) {
  const storeFailed = ({ where }: { where: 'request' | 'worker' | 'housekeeping' | 'scrape' }) =>
    metrics.storeErrors.inc({ where })
  return {
    ...receiving(log, metrics),
    ...passing(log, metrics),
    ...calling(metrics),
    storeFailed,
    workerFailed: (error: unknown) => {
      if (isStoreDown(error)) storeFailed({ where: 'worker' })
      log.error({ err: error }, 'the worker could not go on; trying again')
    },
    housekeepingFailed: (error: unknown) => {
      if (isStoreDown(error)) storeFailed({ where: 'housekeeping' })
      log.error({ err: error }, 'housekeeping failed; trying again')
    },
    mailboxNotShown: (error: unknown) =>
      log.warn({ err: error }, 'a change could not be shown live; pages show it when they load'),
    syncTestFailed: (error: unknown) =>
      log.error({ err: error }, 'a step of a Test Sync failed for a reason of our own'),
    mailWithheld: (why: Withheld) => log.warn({ why }, 'a mail could not be shown safely'),
    htmlThreadFailed: (error: unknown) =>
      log.error({ err: error }, 'a thread that cleans mails failed; another one takes its place'),
    nobodyWasAwake: () => {
      metrics.outages.inc()
      log.info('no instance was awake: every watched folder is looked at')
    },
    databaseAwaited: ({ leftMs }: { leftMs: number }) =>
      log.warn(
        { secondsLeft: Math.ceil(leftMs / SECOND) },
        'the database does not answer; waiting for it',
      ),
    /** Whole, as the log goes where the database's masters do not reach: ids, hashes and a signature. */
    auditCheckpoint: (signed: SignedCheckpoint) => log.info({ ...signed }, 'audit checkpoint'),
    /** Whole, for the same reason: ids, figures, digests and a signature. */
    erasureRecorded: (signed: SignedErasureReport | SignedLifting) =>
      log.info({ ...signed }, 'an erasure was recorded'),
    started: (fields: { port: number; addinPort: number }) => log.info(fields, 'the service is up'),
    stopping: () => log.info('the service is stopping'),
    stopped: () => log.info('the service has stopped'),
  }
}
export type Events = ReturnType<typeof createEvents>

const receiving = (log: Logger, metrics: Instruments) => ({
  notificationJudged: ({ outcome }: { outcome: Alarm['reason'] | 'accepted' }) =>
    metrics.notifications.inc({ outcome }),
  /** Seldom, whoever floods us: alarms gather what they are about. */
  notificationsRefused: (alarm: Alarm) => log.warn(alarm, 'notifications were refused'),
  acknowledged: ({ status, ms }: { status: number; ms: number }) =>
    metrics.acknowledgement.observe({ status }, ms / SECOND),
})

const passing = (log: Logger, metrics: Instruments) => ({
  pageApplied: (page: { mailboxId: string; messages: number; newEmails: number }) => {
    metrics.pageSize.observe(page.messages)
    metrics.newEmails.inc(page.newEmails)
    log.debug(page, 'page applied')
  },
  ledgerWritten: (writes: LedgerWrite[]) => {
    for (const { account, events } of writes) {
      if (events.some(({ kind }) => isVerdict(kind)))
        metrics.messages.inc({ verdict: account.state })
      const delay = events.some(({ kind }) => kind === 'stored') ? account.delay : null
      if (delay) metrics.delay.observe({ part: 'provider' }, delay.providerMs / SECOND)
      if (delay) metrics.delay.observe({ part: 'ours' }, delay.oursMs / SECOND)
    }
  },
  messageQuarantined: (fields: { folderId: string; entryId: string; error: unknown }) => {
    const { error, ...ids } = fields
    metrics.quarantined.inc()
    log.warn({ ...ids, err: error }, 'a message could not be stored and was put aside')
  },
  attachmentsFailed: (fields: { emailId: string; errorCode: string; error: unknown }) => {
    const { error, ...ids } = fields
    log.warn({ ...ids, err: error }, 'attachments could not be fetched; trying again')
  },
  writeBackFailed: (fields: { mailboxId: string; errorCode: string; error: unknown }) => {
    const { error, ...ids } = fields
    log.warn({ ...ids, err: error }, 'a message could not be marked in its mailbox; trying again')
  },
  attachmentSettled: ({ state }: { state: AttachmentState }) => metrics.attachments.inc({ state }),
  passEnded: ({ ms }: { ms: number }) => metrics.passTime.observe(ms / SECOND),
  folderFailed: ({ error, ...fields }: { folderId: string; errorCode: string; error: unknown }) => {
    metrics.passFailures.inc({ code: fields.errorCode })
    log.warn({ ...fields, err: error }, 'a pass over a folder failed')
  },
  proven: (folderId: string, { equal, missing, surplus, repaired, lostEmails }: Proof) => {
    metrics.reconciles.inc({ result: !equal ? 'unequal' : repaired > 0 ? 'repaired' : 'equal' })
    metrics.repairs.inc({ what: 'message' }, repaired)
    metrics.repairs.inc({ what: 'lost-email' }, lostEmails)
    const fields = { folderId, equal, missing, surplus, repaired, lostEmails }
    if (!equal || repaired > 0) log.warn(fields, 'the ledger differed from the mailbox')
    else log.debug(fields, 'the ledger equals the mailbox')
  },
})

const calling = (metrics: Instruments) => ({
  graphAnswered: ({ operation, outcome, ms }: RequestMade) => {
    metrics.graphRequests.inc({ operation, outcome })
    metrics.graphRequestTime.observe({ operation }, ms / SECOND)
  },
  graphWaited: ({ cause, ms }: { cause: 'throttled' | 'quota'; ms: number }) =>
    metrics.graphWaits.observe({ cause }, ms / SECOND),
})

const isVerdict = (kind: LedgerEvent['kind']) => kind === 'decided' || kind === 'gone'
