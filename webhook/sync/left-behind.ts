import type { PageContext, PageOptions } from './page/page-context.ts'
import { noticed, storedEvent, writeOf } from './page/story.ts'
import { wantMarks } from './page/wants.ts'

/**
 * Opens an account for e-mails that a crash left without: who died after it had stored them, and found their messages gone from
 * the folder afterwards, would never hear of them again. What has become of them is asked as of all that left. Only for what was
 * seen in this folder, which nobody else works on just now. True when there were any.
 */
export async function accountForLeftBehind(
  context: PageContext,
  messageIds: string[],
  options: PageOptions,
): Promise<boolean> {
  const { sightings, mailbox, folder, ledger, attachmentQueue, queue, lease, clock } = context
  const { workspaceId } = mailbox
  const seen = await sightings.seenAs({ workspaceId, mailboxId: mailbox._id }, messageIds)
  const found = seen.filter(({ folderId }) => folderId === folder._id)
  if (found.length === 0) return false
  await queue.extend(lease)
  const withAttachments = found.filter(({ hasAttachments }) => hasAttachments)
  await attachmentQueue.want(withAttachments.map(({ emailId }) => ({ emailId, workspaceId })))
  await wantMarks(context, found)
  await ledger.write(
    found.map(({ messageId, emailId, receivedAt, messageIdKey }) => {
      const news = { messageId, was: undefined, fetched: false }
      const events = [...noticed(context, news, options), storedEvent(clock.now())]
      // Whoever comes after us knows it, and must ask for it if we die before we have.
      const change = { emailId, receivedAt, messageIdKey, retryAt: clock.now() }
      return writeOf(context, news, { change, events })
    }),
  )
  context.crash('ledger-written')
  return true
}
