import type { Folder } from '../../../../models/folder.ts'
import type { Subscription } from '../../../../models/subscription.ts'
import { MINUTE } from '../../../duration.ts'
import { counted } from '../../../test-sync/trial.ts'
import type { RecentAccount } from '../../recent-accounts.ts'
import type { Found } from './found.ts'

/** Whoever asks sooner than this after the mail came may only have been quicker than its announcement. */
const LATE_MS = 15 * MINUTE

export type AnnouncingFacts = {
  folder: Folder
  /** Null: it has none. */
  subscription: Subscription | null
  /** The latest mail of its mailbox, newest first. */
  accounts: readonly RecentAccount[]
  now: Date
}

/**
 * Whether the latest new mail of a folder was found by asking, though Microsoft 365 agreed to announce it. One mail that
 * was announced since then ends it. Pure.
 */
export function notAnnouncedIn({
  folder,
  subscription,
  accounts,
  now,
}: AnnouncingFacts): Found | null {
  if (!subscription || subscription.expiresAt <= now) return null // the light says that
  const told = accounts
    .filter(
      ({ folderId, receivedAt }) =>
        folderId === folder._id && receivedAt && wasToRing(subscription, receivedAt),
    )
    .map((account) => ({ account, came: howItCame(account) }))
    .filter(({ came }) => came !== 'unclear')
  const announced = told.findIndex(({ came }) => came === 'announced')
  const missed = announced < 0 ? told : told.slice(0, announced)
  const first = missed.at(-1)?.account
  if (!first) return null
  const { mailboxId, _id: folderId } = folder
  return {
    ...{ code: 'not-announced', severity: 'warning', mailboxId, folderId, askedAt: null },
    since: first.receivedAt,
    sentence: `${mailWords(missed.length)} found by asking, though Microsoft 365 had agreed to announce new mail here. Nothing is missing, and it was late.`,
    todo: 'Run Test Sync for this mailbox: it tries whether announcements reach FlowCRM. The next mail that is announced ends this.',
  }
}

/** Microsoft 365 is silent while it waits for a new authorization, and from before one was given nobody knows whether it waited. */
const wasToRing = ({ renewedAt, challengedAt }: Subscription, at: Date): boolean =>
  at > renewedAt && (challengedAt === null || at < challengedAt)

/** Mail of a backfill, or that was moved here, says nothing: it was never to be announced as new. */
function howItCame({ delay, history }: RecentAccount): 'announced' | 'asked' | 'unclear' {
  const via = history.find(({ kind }) => kind === 'seen')?.via
  if (!delay || !via || via === 'hand') return 'unclear'
  if (via === 'notification') return 'announced'
  return delay.providerMs > LATE_MS ? 'asked' : 'unclear'
}

const mailWords = (count: number): string =>
  count === 1 ? 'The latest new mail was' : `The latest ${counted(count, 'new mail')} were`
