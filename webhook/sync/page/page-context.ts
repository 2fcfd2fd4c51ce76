import type { Folder } from '../../../models/folder.ts'
import type { LedgerRoute, LedgerState } from '../../../models/ledger-entry.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import type { WorkspaceKeys } from '../../keys/workspace-keys.ts'
import type { AttachmentQueue } from '../../attachments/attachment-queue.ts'
import type { Clock } from '../../clock.ts'
import type { OnStored } from '../../contacts/ports.ts'
import type { CrashHook } from '../../crash-points.ts'
import type { MailProvider } from '../../provider/provider.ts'
import type { FolderQueue, Lease } from '../../queue/folder-queue.ts'
import type { EmailStore } from '../../store/email-store.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { LedgerStore } from '../../store/ledger-store.ts'
import type { SightingStore } from '../../store/sighting-store.ts'
import type { Threading } from '../../threads/see-in-threads.ts'
import type { WriteBackQueue } from '../../write-back/write-back-queue.ts'
import type { Rules } from '../decide/rules.ts'
import type { Policies, Room } from '../policies.ts'

/** What applying a page needs beside the page. */
export type PageContext = {
  emails: EmailStore
  threads: Threading
  sightings: SightingStore
  attachmentQueue: AttachmentQueue
  writeBackQueue: Pick<WriteBackQueue, 'stored' | 'again' | 'wishes'>
  ledger: LedgerStore
  folders: FolderStore
  queue: Pick<FolderQueue, 'extend'>
  /** The workspace's, for this page. */
  keys: WorkspaceKeys
  /** In force for the mailbox, as they were when the page began. */
  rules: Rules
  policies: Policies
  room: Room
  clock: Clock
  random: () => number
  crash: CrashHook
  provider: MailProvider
  mailbox: Mailbox
  folder: Folder
  /** The right to write; asked for anew before each page's first write. */
  lease: Lease
  signal: AbortSignal
  /** Told of e-mails that are stored now, before the ledger is: a crash in between tells again. */
  onStored?: OnStored
  /** Told of each message that could not be stored, with what went wrong. */
  onQuarantined: (message: { folderId: string; entryId: string; error: unknown }) => void
}

/** How a page came to our notice. */
export type PageOptions = { via: LedgerRoute }

/** What a page brought, for whoever watches. */
export type PageResult = {
  newEmailIds: string[]
  /** How many accounts were written, by state. */
  verdicts: Partial<Record<LedgerState, number>>
  /** Of new mail: where the time went from its receipt to our store. */
  delays: { providerMs: number; oursMs: number }[]
}

export const nothingNew = (): PageResult => ({ newEmailIds: [], verdicts: {}, delays: [] })
