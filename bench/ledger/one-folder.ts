import { randomUUID } from 'node:crypto'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { emailModel } from '../../models/email.ts'
import { aNewMailbox } from '../../test/support/builders.ts'
import { BlindIndex } from '../../webhook/keys/blind-index.ts'
import { realClock } from '../../webhook/clock.ts'
import { noCrash } from '../../webhook/crash-points.ts'
import { MINUTE, SECOND } from '../../webhook/duration.ts'
import type { MailProvider } from '../../webhook/provider/provider.ts'
import { FolderQueue } from '../../webhook/queue/folder-queue.ts'
import { openDatabase } from '../../webhook/store/database.ts'
import { EmailStore } from '../../webhook/store/email-store.ts'
import { FolderStore } from '../../webhook/store/folder-store.ts'
import { LedgerStore } from '../../webhook/store/ledger-store.ts'
import { MailboxStore } from '../../webhook/store/mailbox-store.ts'
import { emailOf, entryOf, messageIdOf } from './entries.ts'

const BATCH = 2_000
const IDS_A_PAGE = 1_000

/**
 * The engine's own stores over one watched folder, and a provider that answers at once: it holds the same messages as the
 * ledger, and nothing else.
 */
export async function openOneFolder(mongodbUrl: string) {
  const db = await openDatabase(mongodbUrl)
  const owner = randomUUID()
  const stores = {
    clock: realClock,
    crash: noCrash,
    blind: new BlindIndex(Buffer.alloc(32)),
    queue: new FolderQueue({ db, clock: realClock, owner, coalesceMs: SECOND, leaseMs: MINUTE }),
    ledger: new LedgerStore(db),
    emails: new EmailStore(db),
    folders: new FolderStore(db),
  }
  const mailbox = await new MailboxStore(db).connect(aNewMailbox())
  const { workspaceId, _id: mailboxId } = mailbox
  const folderId = await stores.folders.watch(
    { workspaceId, mailboxId, providerFolderId: 'inbox', displayName: 'Inbox', totalItemCount: 0 },
    realClock.now(),
  )
  const of = { mailbox, folderId, blind: stores.blind }
  let size = 0
  const provider: Partial<MailProvider> = {
    async *messageIds() {
      for (let from = 0; from < size; from += IDS_A_PAGE)
        yield numbers(from, Math.min(size, from + IDS_A_PAGE)).map(messageIdOf)
    },
    find: async () => [],
    message: async () => null,
  }
  return {
    ...stores,
    mailbox,
    providers: { forMailbox: () => provider as MailProvider },
    /** Fills mailbox, ledger and e-mails up to so many, past the service, which takes a page at a time. */
    async growTo(target: number): Promise<void> {
      for (; size < target; size = Math.min(target, size + BATCH)) {
        const batch = numbers(size, Math.min(target, size + BATCH))
        const entries = batch.map((number) => entryOf(number, of))
        await ledgerEntryModel(db).collection.insertMany(entries as never[], { ordered: false })
        const emails = batch.map((number) => emailOf(number, of))
        await emailModel(db).collection.insertMany(emails as never[], { ordered: false })
      }
    },
    async [Symbol.asyncDispose]() {
      await db.close()
    },
  }
}

export type OneFolder = Awaited<ReturnType<typeof openOneFolder>>

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at)
