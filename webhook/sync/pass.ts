import type { Folder } from '../../models/folder.ts'
import type { LedgerRoute } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Vault } from '../keys/vault.ts'
import type { AttachmentQueue } from '../attachments/attachment-queue.ts'
import type { Clock } from '../clock.ts'
import type { CrashHook } from '../crash-points.ts'
import type { MessageChange, Providers } from '../provider/provider.ts'
import type { FolderQueue, Lease } from '../queue/folder-queue.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { SightingStore } from '../store/sighting-store.ts'
import type { Threading } from '../threads/see-in-threads.ts'
import type { PageSizeLimits } from './decide/pace/page-size.ts'
import { applyPage } from './page/apply-page.ts'
import { nothingNew, type PageContext, type PageResult } from './page/page-context.ts'
import type { Policies, Room } from './policies.ts'

/** `messages` is how many changes the page held. */
export type AppliedPage = PageResult & { mailbox: Mailbox; folderId: string; messages: number }

export type SyncContext = {
  providers: Providers
  queue: FolderQueue
  emails: EmailStore
  threads: Threading
  sightings: SightingStore
  attachmentQueue: AttachmentQueue
  writeBackQueue: PageContext['writeBackQueue']
  ledger: LedgerStore
  folders: FolderStore
  vault: Vault
  policies: Policies
  room: Room
  clock: Clock
  random: () => number
  crash: CrashHook
  pageSize: PageSizeLimits
  /** Told after a page is durable, so that open consoles show it. */
  onApplied: (page: AppliedPage) => void
  onQuarantined: PageContext['onQuarantined']
}

/** One run over one folder; `folder` is kept as it was last read. */
export type Pass = {
  folder: Folder
  lease: Lease
  mailbox: Mailbox
  /** Changes that were found. */
  found: number
  /** It has moved the cursor. */
  progressed: boolean
}

/** Applies changes as a page of this pass, and tells whoever watches. */
export async function applyIn(
  context: SyncContext,
  pass: Pick<Pass, 'folder' | 'lease' | 'mailbox'>,
  { changes, via, signal }: { changes: MessageChange[]; via: LedgerRoute; signal: AbortSignal },
): Promise<void> {
  const { mailbox, folder } = pass
  const result =
    changes.length === 0 // most bells ring for what the last page has brought already
      ? nothingNew()
      : await applyPage(await pageContextOf(context, pass, signal), changes, { via })
  context.onApplied({ ...result, mailbox, folderId: folder._id, messages: changes.length })
}

export const pageContextOf = async (
  context: SyncContext,
  { folder, lease, mailbox }: Pick<Pass, 'folder' | 'lease' | 'mailbox'>,
  signal: AbortSignal,
): Promise<PageContext> => ({
  ...context,
  keys: await context.vault.of(mailbox.workspaceId),
  rules: await context.policies.rulesOf(mailbox),
  ...{ provider: context.providers.forMailbox(mailbox), folder, lease, mailbox, signal },
})
