import type { Clock } from '../clock.ts'
import type { CrashHook } from '../crash-points.ts'
import type { Vault } from '../keys/vault.ts'
import type { Providers } from '../provider/provider.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { AttachmentQueue } from './attachment-queue.ts'
import type { Attachment, AttachmentStore } from './attachment-store.ts'
import type { BlobStore } from './blob-store.ts'

/** What fetching attachments needs. */
export type FetchContext = {
  emails: EmailStore
  mailboxes: MailboxStore
  providers: Providers
  vault: Vault
  attachmentStore: AttachmentStore
  attachmentQueue: AttachmentQueue
  blobs: BlobStore
  /** Bytes that one attachment may have in this workspace. */
  attachmentLimit: (workspaceId: string) => Promise<number>
  clock: Clock
  random: () => number
  crash: CrashHook
  onAttachmentsFailed: (failure: { emailId: string; errorCode: string; error: unknown }) => void
  onAttachmentSettled: (settled: Pick<Attachment, 'state' | 'size'>) => void
}
