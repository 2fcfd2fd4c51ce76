import type { Folder } from '../../../../models/folder.ts'
import { inWords } from '../../../explain/words.ts'
import { SOONEST_PROBE_MS, usualSilenceMs } from '../../../sync/decide/next-look.ts'
import type { Found } from './found.ts'

/** One failed try is weather; three in a row are worth a person's eye. */
const WORRYING_ATTEMPTS = 3
/** A look that is so late waits for more than its turn. */
const OVERDUE_MS = SOONEST_PROBE_MS

type Quiet = { since: Date; ms: number; usualMs: number }

/**
 * Whether a folder of a mailbox that is read is quiet for longer than its own habit, told apart: asked since and nothing is
 * missing, or nobody has asked. Also a look that is overdue, whatever the habit. Pure.
 */
export function silenceIn(folder: Folder, now: Date): Found | null {
  if (folder.deletedAt || !folder.backfill.finishedAt) return null // the light says that
  const quiet = quietness(folder, now)
  const overdueMs = overdue(folder, now)
  const isFailing = folder.attempts >= WORRYING_ATTEMPTS
  if (quiet && (overdueMs > 0 || isFailing)) return notAsked(folder, { quiet, overdueMs })
  if (overdueMs > 0) return late(folder, overdueMs)
  return quiet && wasAsked(folder, quiet) ? asked(folder, quiet) : null
}

/** Null: no longer than usual, or what is usual is not known. */
function quietness({ rhythm }: Folder, now: Date): Quiet | null {
  const { lastChangeAt: since } = rhythm
  const usualMs = usualSilenceMs(rhythm)
  if (!since || usualMs === null) return null
  const ms = now.getTime() - since.getTime()
  return ms > usualMs ? { since, ms, usualMs } : null
}

/** For how long somebody should have asked by now; 0 while somebody does, or where it is only a matter of its turn. */
function overdue({ dueAt, lease }: Folder, now: Date): number {
  if (lease.until > now) return 0
  const ms = now.getTime() - dueAt.getTime()
  return ms > OVERDUE_MS ? ms : 0
}

/** A look within the habit tells nothing of the silence after it. */
const wasAsked = ({ lastSyncAt }: Folder, { since, usualMs }: Quiet): boolean =>
  lastSyncAt !== null && lastSyncAt.getTime() >= since.getTime() + usualMs

const about = ({ mailboxId, _id: folderId, lastSyncAt: askedAt }: Folder) => ({
  ...{ mailboxId, folderId, askedAt },
})

function asked(folder: Folder, quiet: Quiet): Found {
  return {
    ...{ ...about(folder), code: 'silence-asked', severity: 'info', since: quiet.since },
    sentence: `${quietWords(quiet)} Microsoft 365 was asked and has nothing new, so nothing is missing.`,
    todo: null,
  }
}

function notAsked(folder: Folder, { quiet, overdueMs }: { quiet: Quiet; overdueMs: number }) {
  const { attempts, lastErrorCode } = folder
  const code = lastErrorCode ?? 'internal'
  const why =
    attempts >= WORRYING_ATTEMPTS
      ? `Microsoft 365 could not be asked: the last ${attempts} tries failed (${code}).`
      : `Microsoft 365 has not been asked: that is ${inWords(overdueMs)} late.`
  return {
    ...{ ...about(folder), code: 'silence-not-asked', severity: 'warning', since: quiet.since },
    sentence: `${quietWords(quiet)} ${why} Mail that came meanwhile is not in the CRM yet.`,
    todo: todoOf(folder),
  } satisfies Found
}

function late(folder: Folder, overdueMs: number): Found {
  return {
    ...{ ...about(folder), code: 'look-overdue', severity: 'warning', since: folder.dueAt },
    sentence: `This folder was to be asked for new mail ${inWords(overdueMs)} ago, and that has not been done. Mail that came meanwhile is not in the CRM yet.`,
    todo: todoOf(folder),
  }
}

const todoOf = ({ attempts }: Folder): string =>
  attempts >= WORRYING_ATTEMPTS
    ? 'It is tried again by itself. If this stays, tell your admin the code in brackets.'
    : 'It is done by itself, in its turn. If this stays, tell whoever runs FlowCRM: its workers may be too few, or stand still.'

function quietWords({ ms, usualMs }: Quiet): string {
  const [quiet, usual] = [inWords(ms), inWords(usualMs)]
  const compared = quiet === usual ? '' : `: up to ${usual}`
  return `Nothing has come or changed here for ${quiet}, which is longer than usual${compared}.`
}
