import type { Mailbox } from '../../models/mailbox.ts'
import { isInCrm, reasonNamed } from '../sync/decide/reasons.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { LedgerRow } from '../store/ledger-store.ts'
import { sightingKeyOf } from '../store/emails/sighting-key.ts'
import type { Buckets } from './buckets.ts'
import { ledgerBuckets, mailboxBuckets, type Sides } from './compare.ts'

/** At most so many messages are mended in one comparison; the rest waits for the next, which comes soon. */
export const MENDED_AT_ONCE = 1_000

type Place = Sides & { emails: Pick<EmailStore, 'seenIn'>; mailbox: Pick<Mailbox, '_id'> }

/** What one look at a folder found. */
export type Census = {
  ofMailbox: Buckets
  ofLedger: Buckets
  /** The buckets in which the two differ. */
  differing: number[]
  /** Messages whose e-mail is lost though the ledger calls them stored; `lostCount` counts also those not listed. */
  lost: string[]
  lostCount: number
  /** Messages whose e-mail says that they lie in another folder. */
  astray: string[]
  /** Messages whose account contradicts itself: somebody changed it by hand. */
  altered: string[]
  /** Messages that failed, and that a comparison tries once more. */
  failed: string[]
}

/** Looks at both sides, each once, and at whether every e-mail is there that the ledger calls stored. */
export async function takeCensus(sides: Place, signal: AbortSignal): Promise<Census> {
  const lost: string[] = []
  const astray: string[] = []
  const altered: string[] = []
  const failed: string[] = []
  let lostCount = 0
  const ofMailbox = await mailboxBuckets(sides, signal)
  const ofLedger = await ledgerBuckets(sides, async (rows) => {
    const wrong = await wrongEmails(sides, rows)
    lostCount += wrong.lost.length
    lost.push(...wrong.lost.slice(0, MENDED_AT_ONCE - lost.length))
    astray.push(...wrong.astray.slice(0, MENDED_AT_ONCE - astray.length))
    altered.push(...alteredAmong(rows).slice(0, MENDED_AT_ONCE - altered.length))
    failed.push(
      ...rows
        .filter(isWorthATry)
        .map(messageIdOf)
        .slice(0, MENDED_AT_ONCE - failed.length),
    )
  })
  const differing = ofMailbox.differingFrom(ofLedger)
  return { ofMailbox, ofLedger, differing, lost, lostCount, astray, altered, failed }
}

/**
 * Among messages that are stored as far as the ledger knows. Lost: the e-mail is not there, or does not know that it was
 * seen here (a copy that a colleague's mailbox brought back is not ours to see). Astray: it was seen in another folder, as
 * a crash between the two writes of a move can leave it.
 */
export async function wrongEmails(
  { emails, mailbox, folder }: Pick<Place, 'emails' | 'mailbox' | 'folder'>,
  rows: LedgerRow[],
): Promise<{ lost: string[]; astray: string[] }> {
  const stored = rows.filter(isInCrm)
  const seenIn = await emails.seenIn(stored.map(({ emailId }) => emailId ?? ''))
  const lost: string[] = []
  const astray: string[] = []
  for (const { messageId } of stored) {
    const folderId = seenIn.get(sightingKeyOf(mailbox._id, messageId))
    if (folderId === undefined) lost.push(messageId)
    else if (folderId !== folder._id) astray.push(messageId)
  }
  return { lost, astray }
}

/**
 * Messages of these rows whose state is not that of their reason, that are excluded and have an e-mail, or that wait and
 * would never be tried: no pass writes such an account.
 */
export const alteredAmong = (rows: LedgerRow[]): string[] =>
  rows
    .filter(
      ({ state, reason, emailId, retryAt }) =>
        (reasonNamed(reason)?.state ?? state) !== state ||
        (state === 'excluded' && emailId !== null) ||
        (state === 'pending' && retryAt === null),
    )
    .map(messageIdOf)

/** How many ids one side has and the other lacks. At the least: within a bucket they can make up for each other. */
export function atLeast({ ofMailbox, ofLedger, differing }: Census): {
  missing: number
  surplus: number
} {
  const lacks = differing.map((bucket) => ofMailbox.countIn(bucket) - ofLedger.countIn(bucket))
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
  return {
    missing: sum(lacks.map((lack) => (lack === 0 ? 1 : Math.max(0, lack)))),
    surplus: sum(lacks.map((lack) => (lack === 0 ? 1 : Math.max(0, -lack)))),
  }
}

/** As many differing buckets as can be looked into without holding many ids; all of them, unless very much is wrong. */
export function bucketsToLookInto({ ofMailbox, ofLedger, differing }: Census): Set<number> {
  const chosen = new Set<number>()
  let ids = 0
  for (const bucket of differing) {
    ids += ofMailbox.countIn(bucket) + ofLedger.countIn(bucket)
    if (chosen.size > 0 && ids > IDS_IN_MEMORY) break
    chosen.add(bucket)
  }
  return chosen
}

const IDS_IN_MEMORY = 100_000

const messageIdOf = ({ messageId }: { messageId: string }): string => messageId

const isWorthATry = ({ state, reason }: LedgerRow): boolean =>
  state === 'failed' && reasonNamed(reason)?.retries === true
