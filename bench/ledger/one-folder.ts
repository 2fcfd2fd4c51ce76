import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { emailModel } from '../../models/email.ts'
import { aNewMailbox } from '../../test/support/builders.ts'
import { vaultOn } from '../../test/support/keys.ts'
import { WriteBackQueue } from '../../webhook/write-back/write-back-queue.ts'
import { AttachmentQueue } from '../../webhook/attachments/attachment-queue.ts'
import { realClock } from '../../webhook/clock.ts'
import { noCrash } from '../../webhook/crash-points.ts'
import { MINUTE, SECOND } from '../../webhook/duration.ts'
import type { Vault } from '../../webhook/keys/vault.ts'
import type { MailProvider } from '../../webhook/provider/provider.ts'
import { FolderQueue } from '../../webhook/queue/folder-queue.ts'
import { noContacts, nobodyErased } from '../../webhook/rules/people.ts'
import { RuleBook } from '../../webhook/rules/rule-book.ts'
import { RuleStore } from '../../webhook/rules/rule-store.ts'
import { openDatabase } from '../../webhook/store/database.ts'
import { EmailStore } from '../../webhook/store/email-store.ts'
import { FolderStore } from '../../webhook/store/folder-store.ts'
import { LedgerStore } from '../../webhook/store/ledger-store.ts'
import { MailboxStore } from '../../webhook/store/mailbox-store.ts'
import { SightingStore } from '../../webhook/store/sighting-store.ts'
import { endlessRoom } from '../../webhook/sync/policies.ts'
import { openFilling } from '../support/filling.ts'
import { emailOf, entryOf, messageIdOf } from './entries.ts'

const BATCH = 2_000
const IDS_A_PAGE = 1_000

/**
 * The engine's own stores over one watched folder, and a provider that answers at once: it holds the same messages as the
 * ledger, and nothing else.
 */
export async function openOneFolder(mongodbUrl: string) {
  const db = await openDatabase(mongodbUrl)
  const filling = await openFilling(mongodbUrl)
  const owner = randomUUID()
  const vault = vaultOn(db, realClock)
  const stores = {
    clock: realClock,
    crash: noCrash,
    vault,
    queue: new FolderQueue({ db, clock: realClock, owner, coalesceMs: SECOND, leaseMs: MINUTE }),
    ledger: new LedgerStore(db),
    emails: new EmailStore({ db, vault }),
    folders: new FolderStore({ db, vault }),
    attachmentQueue: new AttachmentQueue({ db, clock: realClock, leaseMs: MINUTE }),
    writeBackQueue: new WriteBackQueue({ db, clock: realClock, leaseMs: MINUTE }),
    ...rulesOn(db, vault),
  }
  const mailbox = await stores.mailboxes.connect(aNewMailbox())
  const { workspaceId, _id: mailboxId } = mailbox
  const folderId = await stores.folders.watch(
    { workspaceId, mailboxId, providerFolderId: 'inbox', displayName: 'Inbox', totalItemCount: 0 },
    realClock.now(),
  )
  const of = { mailbox, folderId, keys: await vault.of(workspaceId) }
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
        await filling.insert(ledgerEntryModel(db).collection.name, entries)
        const emails = batch.map((number) => emailOf(number, of))
        await filling.insert(emailModel(db).collection.name, emails)
      }
    },
    async [Symbol.asyncDispose]() {
      await filling[Symbol.asyncDispose]()
      await db.close()
    },
  }
}

/** Nobody has chosen any. */
function rulesOn(db: Connection, vault: Vault) {
  const stores = {
    mailboxes: new MailboxStore({ db, vault }),
    sightings: new SightingStore(db),
    ruleStore: new RuleStore({ db, vault }),
  }
  const people = { contacts: noContacts, suppressions: nobodyErased }
  const policies = new RuleBook({ ...stores, ...people, vault, clock: realClock })
  return { ...stores, policies, room: endlessRoom }
}

export type OneFolder = Awaited<ReturnType<typeof openOneFolder>>

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at)
