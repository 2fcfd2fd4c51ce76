import type { Clock } from '../clock.ts'
import type { Providers } from '../provider/provider.ts'
import type { ClaimedFolder, FolderQueue } from '../queue/folder-queue.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import { applyPage } from './apply-page.ts'

export type SyncContext = {
  providers: Providers
  queue: FolderQueue
  emails: EmailStore
  ledger: LedgerStore
  clock: Clock
  pageSize: number
  /** Told after a page is durable, so that open consoles show it. */
  onApplied: (page: { mailbox: Mailbox; newEmailIds: string[] }) => void
}

/**
 * One pass over one folder: the only path that writes synced mail. Repeatable: every write is idempotent on a natural
 * key, so a pass that dies anywhere is simply run again.
 */
export async function syncFolder(
  context: SyncContext,
  { folder, lease, mailbox }: ClaimedFolder & { mailbox: Mailbox },
  signal: AbortSignal,
): Promise<void> {
  const provider = context.providers.forMailbox(mailbox)
  const { providerFolderId, cursor } = folder
  const pages = provider.changes({ providerFolderId, cursor, pageSize: context.pageSize }, signal)
  for await (const page of pages) {
    const { applied, newEmailIds } = await applyPage(
      { ...context, provider, mailbox, folder, signal },
      page.changes,
    )
    // Last on purpose: a crash above repeats this page, it never skips one.
    await context.queue.advance(lease, {
      cursor: page.cursor,
      isLast: page.isLast,
      backfilled: folder.backfill.finishedAt ? 0 : applied,
    })
    context.onApplied({ mailbox, newEmailIds })
  }
  if (!folder.backfill.finishedAt) await context.queue.finishBackfill(lease)
}
