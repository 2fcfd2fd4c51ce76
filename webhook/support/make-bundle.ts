import type { NamedFolder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import type { Mailbox as WireMailbox } from '../../models/wire/mailbox.ts'
import type { Lag } from '../../models/wire/health/mailbox-health.ts'
import {
  SUPPORT_BUNDLE_FORMAT,
  type SupportBundle,
} from '../../models/wire/health/support-bundle.ts'
import type { SyncTestResult } from '../../models/wire/health/sync-test.ts'
import type { LedgerCounts } from '../store/ledger-store.ts'
import { RULE_VERSION } from '../sync/decide/rules.ts'
import { SERVICE_VERSION } from '../version.ts'
import type { SettingNames } from './setting-names.ts'

export type BundleFacts = {
  at: Date
  mailbox: Mailbox
  /** As its people see it: for the lights. */
  shown: WireMailbox
  folders: { folder: NamedFolder; byState: LedgerCounts; byReason: Record<string, number> }[]
  subscriptions: Subscription[]
  instances: { version: string; startedAt: Date }[]
  configuration: SettingNames
  lag: Lag | null
  lastTest: SyncTestResult | null
  /** A person as support may know them: the same one, and not who. */
  pseudonym: (personId: string) => string
}

/** What support needs, out of what is known, field by field: nothing comes along that is not named here. Pure. */
export function makeBundle(facts: BundleFacts): SupportBundle {
  const { at, lag, lastTest, instances } = facts
  return {
    format: SUPPORT_BUNDLE_FORMAT,
    at: at.toISOString(),
    service: {
      ...{ version: SERVICE_VERSION, ruleVersion: RULE_VERSION, node: process.version },
      instances: instances.map(({ version, startedAt }) => ({
        ...{ version, startedAt: startedAt.toISOString() },
      })),
    },
    configuration: facts.configuration,
    mailbox: mailboxPart(facts),
    folders: facts.folders.map((one) => folderPart(one, facts)),
    subscriptions: facts.subscriptions.map(subscriptionPart),
    ...{ lag, lastTest },
  }
}

function mailboxPart({ mailbox, shown, pseudonym }: BundleFacts): SupportBundle['mailbox'] {
  const { _id: id, ownerUserId, authMode, status, trouble, paused, settings } = mailbox
  const { pollEveryMinutes, windowDays, sharing } = settings
  return {
    ...{ id, owner: pseudonym(ownerUserId), authMode, status, light: shown.light.colour },
    trouble: trouble && {
      action: trouble.action,
      code: codeAlone(trouble.code),
      since: trouble.since.toISOString(),
    },
    paused: paused && { at: paused.at.toISOString(), by: pseudonym(paused.byName) },
    settings: { pollEveryMinutes, windowDays, sharing },
  }
}

function folderPart(
  { folder, byState, byReason }: BundleFacts['folders'][number],
  { at, shown }: BundleFacts,
): SupportBundle['folders'][number] {
  const { _id: id, proof, backfill, cursor, midRound, lastSyncAt, dirtySeq, doneSeq } = folder
  const { done, total, startedAt, finishedAt } = backfill
  return {
    id,
    light: shown.folders.find((one) => one.id === id)?.light.colour ?? 'off',
    deleted: folder.deletedAt !== null,
    backfill: { done, total, startedAt: iso(startedAt), finishedAt: iso(finishedAt) },
    cursor: { isThere: cursor !== null, midRound, lastSyncAt: iso(lastSyncAt) },
    work: {
      bellsWaiting: dirtySeq - doneSeq,
      isWorkedOn: folder.lease.until > at,
      dueAt: folder.dueAt.toISOString(),
      failuresInARow: folder.attempts,
      lastErrorCode: folder.lastErrorCode && codeAlone(folder.lastErrorCode),
    },
    comparison: proof && {
      ...{ at: proof.at.toISOString(), equal: proof.equal },
      ...{ missing: proof.missing, surplus: proof.surplus, repaired: proof.repaired },
      ...{ lostEmails: proof.lostEmails, mailboxCount: proof.mailboxCount },
    },
    ...{ byState, byReason },
  }
}

function subscriptionPart(subscription: Subscription): SupportBundle['subscriptions'][number] {
  const { folderId, createdAt, renewedAt, expiresAt, renewAt, challengedAt } = subscription
  return {
    folderId,
    ...{ createdAt: createdAt.toISOString(), renewedAt: renewedAt.toISOString() },
    ...{ expiresAt: expiresAt.toISOString(), renewAt: renewAt.toISOString() },
    challengedAt: iso(challengedAt),
    bringsHeaders: subscription.certificateId !== null,
  }
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

/** Codes are other people's words at times; one that does not look like a code may be a sentence about somebody. */
const codeAlone = (code: string): string => (/^[\w.:-]{1,64}$/.test(code) ? code : 'not-a-code')
