import type { Db } from 'mongodb'
import { openersOf, type Opener, type StoredDoc } from './opener.ts'
import type { TrueMailbox } from './truth.ts'

/** The service's documents as this checker reads them: its own idea of them, on purpose not the service's. */
export type MailboxDoc = {
  _id: string
  workspaceId: string
  providerUserId: string
  settings?: { windowDays?: number | null }
}
export type FolderDoc = {
  _id: string
  workspaceId: string
  mailboxId: string
  providerFolderId: string
  displayName: string
  watched: boolean
  deletedAt?: Date | null
  cursor: string | null
  dirtySeq: number
  doneSeq: number
  attempts: number
  backfill: { startedAt?: Date | null; finishedAt: Date | null }
  proof: { equal: boolean; at: Date } | null
}
export type EntryDoc = {
  _id: string
  workspaceId: string
  mailboxId: string
  messageId: string
  folderId: string
  state: string
  reason: string
  emailId: string | null
  attempts: number
  retryAt: Date | null
}
export type SightingDoc = {
  key: string
  via: string
  mailboxId: string | null
  folderId: string | null
  messageId: string | null
}
export type EmailDoc = {
  _id: string
  workspaceId: string
  internetMessageId: string | null
  subject: string
  from: { address: string } | null
  sentAt?: Date | null
  sightings: SightingDoc[]
}

export type WriteBackDoc = {
  mailboxId: string
  messageId: string
  dueAt: Date
  attempts: number
  lastErrorCode: string | null
  markedAt: Date | null
}

/** Everything the rules look at: what is stored, and what is true. */
export type Facts = {
  workspaceId: string
  mailboxes: MailboxDoc[]
  folders: FolderDoc[]
  entries: EntryDoc[]
  emails: EmailDoc[]
  truth: Map<string, TrueMailbox>
  /** Addresses of the mailboxes to which something goes back. */
  bothWays?: ReadonlySet<string>
  /** Messages are copied in Outlook, and a copy has the categories of its original. */
  areCopied?: boolean
  /** What is to go back to messages. */
  writeBacks?: WriteBackDoc[]
}

/** The true mailbox behind a connected one, which may be known by its address alone. */
export function trueMailboxOf(
  { truth, mailboxes }: Pick<Facts, 'truth' | 'mailboxes'>,
  mailboxId: string | null,
): TrueMailbox | undefined {
  const id = mailboxes.find(({ _id }) => _id === mailboxId)?.providerUserId.toLowerCase()
  return [...truth.values()].find(({ userId, address }) => userId === id || address === id)
}

/** What is compared with the database, and the key to it. */
export type Known = Pick<Facts, 'truth' | 'workspaceId' | 'bothWays' | 'areCopied'> & {
  rootKey: Buffer
}

export async function readFacts(db: Db, { rootKey, ...known }: Known): Promise<Facts> {
  const all = <T>(name: string) => db.collection(name).find().toArray() as unknown as Promise<T[]>
  const [mailboxes, folders, entries, emails, writeBacks] = await Promise.all([
    all<MailboxDoc>('mailboxes'),
    all<Omit<FolderDoc, 'displayName'> & StoredDoc>('folders'),
    all<EntryDoc>('ledgerEntries'),
    all<Pick<EmailDoc, 'sentAt' | 'sightings'> & StoredDoc>('emails'),
    all<WriteBackDoc>('writeBacks'),
  ])
  const { open } = await openersOf(db, rootKey)
  return {
    ...{ ...known, mailboxes, entries, writeBacks },
    folders: folders.map((doc) => ({ ...doc, displayName: open('folders', doc, 'displayName') })),
    emails: emails.map((doc) => ({ ...doc, ...headerOf(open, doc) })),
  }
}

const headerOf = (open: Opener, doc: StoredDoc) =>
  JSON.parse(open('emails', doc, 'header')) as Omit<
    EmailDoc,
    '_id' | 'workspaceId' | 'sentAt' | 'sightings'
  >

/** The end of an id is what tells it from others. */
export const short = (id: string | null) => (id === null ? 'none' : `…${id.slice(-24)}`)
