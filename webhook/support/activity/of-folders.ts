import type { NamedFolder, Proof } from '../../../models/folder.ts'
import type { LedgerEntry } from '../../../models/ledger-entry.ts'
import type { Subscription } from '../../../models/subscription.ts'
import type { ActivityEntry } from '../../../models/wire/health/activity.ts'
import { inWords } from '../../explain/words.ts'
import { reasonNamed } from '../../sync/decide/reasons.ts'
import { counted } from '../../test-sync/trial.ts'

/** One failed try is weather; three in a row are worth a person's eye. */
const WORRYING_ATTEMPTS = 3

export type Unstored = Pick<LedgerEntry, 'state' | 'reason' | 'attempts' | 'decidedAt'>

export type FolderFacts = {
  folder: NamedFolder
  subscription: Subscription | null
  /** Messages that wait or have failed. */
  unstored: readonly Unstored[]
  now: Date
}

type Told = Omit<ActivityEntry, 'folderName' | 'at'> & { at: Date }

/** The last of each kind that happened in a folder, and what is wrong there now. Pure. */
export function ofFolder({ folder, subscription, unstored, now }: FolderFacts): ActivityEntry[] {
  const told = [
    ...reading(folder, now),
    ...(folder.proof ? [comparison(folder.proof)] : []),
    ...(subscription ? subscribing(subscription, now) : []),
    ...unstored.map(message),
  ]
  return told.map(({ at, ...rest }) => ({
    ...{ at: at.toISOString(), ...rest, folderName: folder.displayName },
  }))
}

function reading(
  { backfill, lastSyncAt, attempts, lastErrorCode }: NamedFolder,
  now: Date,
): Told[] {
  const told: Told[] = []
  const say = (at: Date, severity: Told['severity'], sentence: string) =>
    told.push({ at, kind: 'reading', severity, sentence })
  if (backfill.startedAt) say(backfill.startedAt, 'info', 'The reading of earlier mail began.')
  if (backfill.finishedAt)
    say(backfill.finishedAt, 'info', `Earlier mail was read: ${counted(backfill.done, 'message')}.`)
  if (lastSyncAt) say(lastSyncAt, 'info', 'Microsoft 365 was last asked what has changed.')
  if (attempts > 0)
    say(
      now,
      attempts < WORRYING_ATTEMPTS ? 'warning' : 'error',
      `Reading has failed ${attempts === 1 ? 'once' : `${attempts} times in a row`} (${lastErrorCode ?? 'internal'}). It is tried again by itself.`,
    )
  return told
}

function comparison({ at, equal, missing, surplus, repaired, mailboxCount }: Proof): Told {
  const mended =
    repaired > 0 ? ` ${repaired.toLocaleString('en')} that were wrong were mended.` : ''
  const outcome = equal
    ? `no difference in ${counted(mailboxCount, 'message')}`
    : `${counted(missing + surplus, 'message')} of ${mailboxCount.toLocaleString('en')} not equal`
  return {
    ...{ at, kind: 'comparison', severity: equal && repaired === 0 ? 'info' : 'warning' },
    sentence: `Compared with the mailbox: ${outcome}.${mended}`,
  }
}

function subscribing(subscription: Subscription, now: Date): Told[] {
  const { createdAt, renewedAt, expiresAt, challengedAt } = subscription
  const say = (at: Date, severity: Told['severity'], sentence: string): Told => ({
    ...{ at, kind: 'subscription', severity, sentence },
  })
  const life = inWords(expiresAt.getTime() - renewedAt.getTime())
  return [
    say(createdAt, 'info', 'Microsoft 365 agreed to announce new mail.'),
    ...(renewedAt > createdAt ? [say(renewedAt, 'info', `That was renewed for ${life}.`)] : []),
    ...(challengedAt
      ? [say(challengedAt, 'warning', 'Microsoft 365 asked for a new authorization.')]
      : []),
    ...(expiresAt <= now
      ? [say(expiresAt, 'warning', 'Microsoft 365 no longer announces new mail. It is asked for.')]
      : []),
  ]
}

function message({ state, reason, attempts, decidedAt }: Unstored): Told {
  const why = reasonNamed(reason)?.sentence ?? `The reason is ${reason}.`
  const tries = attempts > 0 ? ` Tries so far: ${attempts}.` : ''
  return {
    ...{ at: decidedAt, kind: 'message', severity: state === 'failed' ? 'error' : 'warning' },
    sentence: `A message is not stored. ${why}${tries}`,
  }
}
