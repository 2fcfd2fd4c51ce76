import type { Proof } from '../../models/folder.ts'
import { MINUTE, SECOND } from '../duration.ts'
import type { Lease } from '../queue/folder-queue.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { applyIn, type Pass, type SyncContext } from '../sync/pass.ts'
import { accountFor, unnamed } from '../sync/settle-left-behind.ts'
import {
  alteredAmong,
  atLeast,
  bucketsToLookInto,
  MENDED_AT_ONCE,
  takeCensus,
  wrongEmails,
  type Census,
} from './census.ts'
import { differenceWithin, type Sides } from './compare.ts'
import { asChanges, reopen, straighten } from './mend.ts'
import { isMassLoss, nextProofAt, proofOf, type ProofFacts } from './proof.ts'

export type ReconcileContext = SyncContext & {
  subscriptions: Pick<Subscriptions, 'check'>
  /** How often comparisons are promised. */
  reconcileMs: number
  /** Told of each comparison once its proof is saved. */
  onProven?: (folderId: string, proof: Proof) => void
}

const APPLIED_AT_ONCE = 50
/** Mail of the minute before the pass may be on its way still: mending it is no repair. */
const ON_ITS_WAY_MS = MINUTE

/**
 * Compares the ids the mailbox holds in a folder with those of the ledger, by a path of its own, and looks whether every
 * stored e-mail is there, and whether each has its account. What differs is mended by the way of a normal pass and
 * compared again. The subscription is looked after as well. Saves the proof and when the next one is due.
 */
export async function reconcileFolder(
  context: ReconcileContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<Proof> {
  const { queue, ledger, clock, crash, subscriptions } = context
  const { folder, lease, mailbox } = pass
  await subscriptions.check(folder, mailbox, signal)
  const outcome = await compareAndMend(context, pass, signal)
  const counts = await ledger.countsOf(folder._id)
  const proof = proofOf({ before: folder.proof, at: clock.now(), counts, ...outcome })
  const proofDueAt = nextProofAt(proof, context)
  await queue.proven(lease, { proof, proofDueAt, wasDueAt: folder.proofDueAt })
  crash('proof-saved')
  context.onProven?.(folder._id, proof)
  return proof
}

type Outcome = Omit<ProofFacts, 'before' | 'at' | 'counts'>

async function compareAndMend(
  context: ReconcileContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<Outcome> {
  const sides = sidesOf(context, pass)
  const census = await takeCensus(sides, signal)
  context.crash('ids-compared')
  const lostEmails = census.lostCount
  const wrong = atLeast(census).missing + lostEmails + census.altered.length
  if (isMassLoss(wrong, census.ofMailbox.size) && !wasReadAgain(pass.folder.proof)) {
    await readAgain(context, pass)
    return { ...stillWrong(census), found: wrong, lostEmails }
  }
  const found = await mend(context, pass, { census, sides }, signal)
  const unexplained = await accountForUnnamed(context, pass, { stillHere: sides.stillHere, signal })
  const isWhole = census.differing.length + lostEmails + census.altered.length === 0
  const still = stillWrong(isWhole ? census : await takeCensus(sides, signal))
  const missing = still.missing + unexplained.left
  return { ...still, missing, found: found + unexplained.found, lostEmails }
}

/**
 * E-mails without an account get one, also those whose message has left: the ids of neither side name it, so a lost account
 * would never be missed. `left`: at least so many wait for the next comparison.
 */
async function accountForUnnamed(
  context: ReconcileContext,
  pass: Pass,
  { stillHere, signal }: { stillHere: () => Promise<void>; signal: AbortSignal },
): Promise<{ found: number; left: number }> {
  const found: string[] = []
  for await (const messageIds of unnamed({ ...context, stillHere }, pass)) {
    found.push(...messageIds)
    if (found.length > MENDED_AT_ONCE) break
  }
  const messageIds = found.slice(0, MENDED_AT_ONCE)
  await accountFor(context, pass, { messageIds, via: 'reconcile', signal })
  return { found: found.length, left: found.length - messageIds.length }
}

const sidesOf = (context: ReconcileContext, { folder, lease, mailbox }: Pass) => ({
  ...context,
  ...{ folder, mailbox },
  provider: context.providers.forMailbox(mailbox),
  stillHere: leaseKeeper(context, lease),
})

/** What has a lost e-mail or an altered account is missing, too: its message has to be fetched. */
function stillWrong(census: Census): Pick<Outcome, 'missing' | 'surplus' | 'mailboxCount'> {
  const { missing, surplus } = atLeast(census)
  const { lostCount, altered } = census
  return {
    missing: missing + lostCount + altered.length,
    surplus,
    mailboxCount: census.ofMailbox.size,
  }
}

/** The last comparison found so much missing that the folder was read from the start; what that did not bring is asked for. */
const wasReadAgain = (before: Proof | null): boolean =>
  before !== null && !before.equal && isMassLoss(before.missing, before.mailboxCount)

/** Has the next pass read the folder from the start; all that is lost is open from now on, so that the round stores it. */
async function readAgain(context: ReconcileContext, pass: Pass): Promise<void> {
  const { ledger, emails, queue } = context
  const { mailbox, folder } = pass
  for await (const rows of ledger.rowsIn(folder._id)) {
    const { lost } = await wrongEmails({ emails, mailbox, folder }, rows)
    await reopen(context, pass, [...lost, ...alteredAmong(rows)])
  }
  await queue.restart(pass.lease)
}

/** Mends what is wrong, and tries once more what has failed. The answer is how many messages were wrong. */
async function mend(
  context: ReconcileContext,
  pass: Pass,
  { census, sides }: { census: Census; sides: Sides },
  signal: AbortSignal,
): Promise<number> {
  const { missing, surplus } =
    census.differing.length > 0
      ? await differenceWithin(sides, bucketsToLookInto(census), signal)
      : { missing: [], surplus: [] }
  const untrue = [...census.lost, ...census.altered]
  await reopen(context, pass, untrue)
  await straighten(context, pass, census.astray)
  const wrong = asChanges({ missing: [...untrue, ...missing], surplus })
  const failed = asChanges({ missing: census.failed, surplus: [] })
  const changes = [...wrong.slice(0, MENDED_AT_ONCE), ...failed]
  for (let at = 0; at < changes.length; at += APPLIED_AT_ONCE) {
    const page = changes.slice(at, at + APPLIED_AT_ONCE)
    await applyIn(context, pass, { changes: page, via: 'reconcile', signal })
    context.crash('difference-repaired')
  }
  const unlisted = census.lostCount - census.lost.length
  const arrived = await arrivedMeanwhile(context, pass, missing.slice(0, MENDED_AT_ONCE))
  return new Set(wrong.map(({ messageId }) => messageId)).size + unlisted - arrived
}

/** How many of these came so lately that the pass before could not bring them. */
async function arrivedMeanwhile(
  { ledger }: ReconcileContext,
  { lease, mailbox }: Pass,
  messageIds: string[],
): Promise<number> {
  const since = lease.claimedAt.getTime() - ON_ITS_WAY_MS
  const entries = await ledger.known(mailbox._id, messageIds)
  return [...entries.values()].filter(
    ({ receivedAt }) => receivedAt && receivedAt.getTime() >= since,
  ).length
}

/** Reading can outlast the lease. At most one write a second; throws when the lease is lost. */
function leaseKeeper({ queue, clock }: ReconcileContext, lease: Lease): () => Promise<void> {
  let keptAt = clock.now().getTime()
  return async () => {
    const now = clock.now().getTime()
    if (now - keptAt < SECOND) return
    await queue.extend(lease)
    keptAt = now
  }
}
