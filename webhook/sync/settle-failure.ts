import type { FolderQueue } from '../queue/folder-queue.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { Clock } from '../clock.ts'
import { afterFailure } from './decide/after-failure.ts'
import { smallerSize, type PageSizeLimits } from './decide/pace/page-size.ts'
import type { Pass } from './pass.ts'

export type FailureContext = {
  queue: FolderQueue
  mailboxes: MailboxStore
  clock: Clock
  random: () => number
  pageSize: PageSizeLimits
  onFailed: (failure: { folderId: string; errorCode: string; error: unknown }) => void
}

/** Gives a folder back whose pass failed, for when it is worth another try. */
export async function settleFailure(
  context: FailureContext,
  { folder, lease, mailbox, progressed }: Pass,
  error: unknown,
): Promise<void> {
  const { queue, clock, mailboxes, random } = context
  const after = afterFailure(error, { attempts: folder.attempts, progressed, random })
  // It may have written beside its successor: whoever has the folder now compares the ids.
  if (after.kind === 'leave') return queue.doubt(folder._id)
  const { errorCode } = after
  context.onFailed({ folderId: folder._id, errorCode, error })
  const now = clock.now()
  switch (after.kind) {
    case 'refused':
      await mailboxes.refused(mailbox, after.trouble, now)
      // Due at once, and put off only by the next claim: were it put off here, a reconnect of just now would be lost.
      return queue.fail(lease, { retryAt: now, errorCode })
    case 'restart':
      await queue.restart(lease, {
        backfillAgain: !folder.backfill.finishedAt,
        compareAfter: true,
      })
      return queue.fail(lease, { retryAt: new Date(now.getTime() + after.inMs), errorCode })
    case 'retry': {
      const retryAt = new Date(now.getTime() + after.inMs)
      const pageSize = smallerSize(folder.pageSize, context.pageSize)
      return queue.fail(lease, { retryAt, errorCode, progressed, pageSize })
    }
  }
}
