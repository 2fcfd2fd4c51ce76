import type { EmailHead, Sighting } from '../../models/email.ts'
import type { AttachmentState } from '../../models/attachments/attachment.ts'
import type { AttachmentWork } from '../../models/attachments/work.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import { HOUR } from '../duration.ts'
import { AppError, LeaseLostError, ProviderError } from '../errors.ts'
import { GONE, type TryEnd } from './attachment-queue.ts'
import { fileKey, type Attachment } from './attachment-store.ts'
import { leftOutAmong } from './decide/left-out.ts'
import { judge, type Judgement } from './decide/judge.ts'
import { retryMs, scanMs } from './decide/next-try.ts'
import type { FetchContext } from './fetch-context.ts'
import { keepContent } from './keep-content.ts'
import { entriesOf, listFrom, type Copy, type Entry, type Listing } from './listing.ts'

/** No mailbox that has the e-mail can be asked now: it is disconnected, or paused. */
const UNREACHABLE_MS = HOUR

/**
 * Fetches what is still open of one e-mail's attachments, and settles its work. Everything that is done stays done, so a
 * try that dies anywhere is simply made again: one list, and what is missing.
 */
export async function fetchAttachments(
  context: FetchContext,
  work: AttachmentWork,
  signal: AbortSignal,
): Promise<void> {
  const { attachmentQueue, clock, crash, onAttachmentsFailed } = context
  crash('attachments-claimed')
  try {
    await attachmentQueue.end(work, await tryOnce(context, work, signal))
    crash('attachments-settled')
  } catch (error) {
    if (error instanceof LeaseLostError) return // another goes on
    if (signal.aborted) return attachmentQueue.end(work, { dueAt: clock.now() })
    const errorCode = error instanceof AppError ? error.code : 'internal'
    onAttachmentsFailed({ emailId: work._id, errorCode, error })
    await attachmentQueue.end(work, afterFailure(context, work, { error, errorCode }))
  }
}

async function tryOnce(
  context: FetchContext,
  work: AttachmentWork,
  signal: AbortSignal,
): Promise<TryEnd> {
  const [email] = await context.emails.findMany([work._id])
  if (!email) return forget(context, work)
  const { copies, areAll } = await copiesOf(context, email)
  const listing = await listFrom(copies, signal)
  if (!listing && !areAll) return { dueAt: later(context, UNREACHABLE_MS) }
  if (!listing) return giveUpOpen(context, email)
  const entries = await noted(context, { email, work, listing }, signal)
  context.crash('attachments-listed')
  const failure = await fetchEach(context, { work, entries, copy: listing.copy }, signal)
  if (failure) throw failure
  const isScanned = !entries.some(({ record }) => record.state === 'scanning')
  if (isScanned) return { dueAt: null, attempts: 0, lastErrorCode: null }
  const { scans } = work
  const dueAt = later(context, scanMs(scans))
  return { dueAt, attempts: 0, scans: scans + 1, lastErrorCode: null }
}

/** Those in mailboxes that may be asked now; `areAll`: there are no others. */
async function copiesOf({ mailboxes, providers }: FetchContext, email: EmailHead) {
  const copies: Copy[] = []
  let areAll = true
  const byHand = email.sightings.filter(({ via }) => via === 'add-in')
  const synced = email.sightings.filter((each) => !byHand.includes(each))
  for (const sighting of [...synced, ...byHand]) {
    const { messageId } = sighting
    const mailbox = messageId ? await mailboxOf(mailboxes, email, sighting) : null
    if (!mailbox || !messageId || mailbox.status === 'disconnected') continue
    if (mailbox.status === 'connected' && !mailbox.paused)
      copies.push({ provider: providers.forMailbox(mailbox), messageId })
    else areAll = false
  }
  return { copies, areAll }
}

/** What was logged by hand from a folder that is not watched, names the mailbox by its address. */
async function mailboxOf(
  mailboxes: FetchContext['mailboxes'],
  { workspaceId }: EmailHead,
  { mailboxId, mailboxAddress, ownerUserId }: Sighting,
): Promise<Mailbox | null> {
  if (mailboxId) return mailboxes.find(mailboxId)
  const own = await mailboxes.ownedBy(workspaceId, ownerUserId)
  return own.find(({ address }) => address.toLowerCase() === mailboxAddress) ?? null
}

type Found = { email: EmailHead; work: AttachmentWork; listing: Listing }

/** What is listed now, as it is recorded; what was listed before and is not any more goes, unless it is stored. */
async function noted(
  { attachmentStore, attachmentLimit, vault, onAttachmentSettled }: FetchContext,
  { email, work, listing }: Found,
  signal: AbortSignal,
): Promise<Entry[]> {
  const { workspaceId, _id: emailId } = email
  const { listed, copy } = listing
  const { scans } = work
  const limitBytes = await attachmentLimit(workspaceId)
  const keys = await vault.of(workspaceId)
  const named = listed.map(({ name, size }) => ({ nameKey: fileKey(keys.blind, name), size }))
  const leftOut = leftOutAmong(named, await attachmentStore.leftOutOf(emailId))
  const judgements = listed.map((one, at): Judgement | 'left-out' =>
    leftOut.has(at) ? 'left-out' : judge(one, { limitBytes, scans }),
  )
  const needsLink = judgements.some(
    (each) => each === 'over-limit' || each === 'reference' || each === 'left-out',
  )
  const link = needsLink ? await copy.provider.webLink(copy.messageId, signal) : null
  const entries = entriesOf(listed, { emailId, keys, link })
  await attachmentStore.note(entries.map(({ record }) => record))
  const known = new Map(
    (await attachmentStore.of(workspaceId, emailId)).map((one) => [one._id, one]),
  )
  for (const [at, { record }] of entries.entries()) {
    Object.assign(record, known.get(record._id))
    known.delete(record._id)
    const settled = settledAs(judgements[at] ?? 'fetch')
    if (isDone(record) || record.state === settled.state) continue
    await attachmentStore.settle(record._id, settled)
    Object.assign(record, settled)
    if (settled.state !== 'pending') onAttachmentSettled(record)
  }
  await attachmentStore.remove([...known.keys()])
  return entries
}

function settledAs(judgement: Judgement | 'left-out'): {
  state: AttachmentState
  reason: string | null
} {
  if (judgement === 'protected') return { state: 'failed', reason: judgement }
  return { state: judgement === 'fetch' ? 'pending' : judgement, reason: null }
}

/** What was gone may be there again in another copy. */
const isDone = ({ state, reason }: Attachment) =>
  state === 'stored' || (state === 'failed' && reason !== GONE)

type Fetching = { work: AttachmentWork; entries: Entry[]; copy: Copy }

/** The first failure, when all was tried that can be tried. Each try begins with another, lest one holds up the rest. */
async function fetchEach(
  context: FetchContext,
  { work, entries, copy }: Fetching,
  signal: AbortSignal,
): Promise<ProviderError | null> {
  const open = entries.filter(({ record }) => record.state === 'pending')
  const start = open.length > 0 ? work.attempts % open.length : 0
  let failure: ProviderError | null = null
  for (const entry of [...open.slice(start), ...open.slice(0, start)]) {
    try {
      await keepContent(context, { work, entry, copy }, signal)
    } catch (error) {
      if (!isOfOne(error)) throw error
      failure ??= error
    }
  }
  return failure
}

/** The others may be better off; what is wrong with the mailbox, the provider or our store concerns them all. */
const isOfOne = (error: unknown): error is ProviderError =>
  error instanceof ProviderError &&
  (['item-not-found', 'unexpected-answer', 'access-denied'] as unknown[]).includes(error.code)

/** No mailbox has it any more: what is not stored will not be. */
async function giveUpOpen({ attachmentStore }: FetchContext, email: EmailHead): Promise<TryEnd> {
  for (const { _id, state } of await attachmentStore.of(email.workspaceId, email._id))
    if (state === 'pending' || state === 'scanning')
      await attachmentStore.settle(_id, { state: 'failed', reason: GONE })
  return { dueAt: null, lastErrorCode: GONE }
}

async function forget(
  { attachmentStore, attachmentQueue, blobs }: FetchContext,
  work: AttachmentWork,
): Promise<TryEnd> {
  const blobIds = await attachmentStore.blobsOf([work._id])
  await blobs.doubt(blobIds) // before the records go: whoever dies in between leaves a doubt behind, and no bytes
  await attachmentStore.forget([work._id])
  await blobs.doubt(blobIds) // the first one may have been settled while they were still needed
  await attachmentQueue.forget(work)
  return { dueAt: null }
}

function afterFailure(
  context: FetchContext,
  { attempts }: AttachmentWork,
  { error, errorCode }: { error: unknown; errorCode: string },
): TryEnd {
  const askedMs = error instanceof ProviderError ? (error.details.retryAfterMs ?? 0) : 0
  const ms = retryMs(attempts, { askedMs, random: context.random })
  return { dueAt: later(context, ms), attempts: attempts + 1, lastErrorCode: errorCode }
}

const later = ({ clock }: FetchContext, ms: number) => new Date(clock.now().getTime() + ms)
