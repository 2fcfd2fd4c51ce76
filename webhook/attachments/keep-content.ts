import type { AttachmentWork } from '../../models/attachments/work.ts'
import { AppError, LeaseLostError, ProviderError } from '../errors.ts'
import type { FetchContext } from './fetch-context.ts'
import type { Copy, Entry } from './listing.ts'

export type Keeping = { work: AttachmentWork; entry: Entry; copy: Copy }

/** A file that so many tries in a row could not be had, though all else is well, is given up. */
const MOST_ATTEMPTS = 8

class OverLimitError extends AppError {
  readonly code = 'over-limit'
  readonly retry = 'never'
}

/** Keeps the bytes of one attachment, whole or not at all, and records what came of it. */
export async function keepContent(
  context: FetchContext,
  { work, entry, copy }: Keeping,
  signal: AbortSignal,
): Promise<void> {
  const { attachmentStore, attachmentLimit, blobs, crash, onAttachmentSettled } = context
  const { record, listed } = entry
  const { messageId, provider } = copy
  const limitBytes = await attachmentLimit(record.workspaceId)
  const { attachmentId } = listed
  const content = provider.attachmentContent({ messageId, attachmentId }, signal)
  const settle = async (settled: Parameters<typeof attachmentStore.settle>[1]) => {
    await attachmentStore.settle(record._id, settled)
    Object.assign(record, settled)
    onAttachmentSettled(record)
  }
  try {
    const source = withinLease(context, work, withinLimit(content, limitBytes))
    const kept = await blobs.keep(record.workspaceId, source)
    await settle({ state: 'stored', ...kept })
    crash('attachment-recorded')
    if (await blobs.isThere(kept.blobId)) return
    await settle({ state: 'pending', blobId: null }) // we stood still for so long that it was swept away
    throw new ProviderError('provider-unavailable', 'later', 'The attachment was lost again.')
  } catch (error) {
    if (error instanceof OverLimitError)
      return settle({ state: 'over-limit', size: Math.max(record.size, limitBytes + 1) })
    if (isHopeless(error) && work.attempts + 1 >= MOST_ATTEMPTS)
      return settle({ state: 'failed', reason: error.code })
    throw error
  }
}

/** What will not be otherwise by waiting, as when a policy keeps the file back. */
const isHopeless = (error: unknown): error is ProviderError =>
  error instanceof ProviderError &&
  (error.code === 'unexpected-answer' || error.code === 'access-denied')

/** The provider's figure is about right; what comes is counted. */
async function* withinLimit(
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of source) {
    bytes += piece.byteLength
    if (bytes > limitBytes) throw new OverLimitError('The attachment is larger than was said.')
    yield piece
  }
}

/** Bytes may come for longer than a lease lasts. */
async function* withinLease(
  { attachmentQueue, clock }: FetchContext,
  work: AttachmentWork,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let keptAt = 0
  for await (const piece of source) {
    const now = clock.now().getTime()
    if (now - keptAt >= attachmentQueue.keepEveryMs) {
      keptAt = now
      if (!(await attachmentQueue.extend(work)))
        throw new LeaseLostError('Another worker fetches these attachments.')
    }
    yield piece
  }
}
