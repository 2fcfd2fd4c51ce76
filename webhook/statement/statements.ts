import type { Mailbox } from '../../models/mailbox.ts'
import type { SignedStatement, StatementKeySet } from '../../models/wire/statement.ts'
import type { Clock } from '../clock.ts'
import type { StatementDesk } from '../crm/ports.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import { makeStatement } from './make-statement.ts'
import type { StatementSigner } from './statement-signer.ts'

export type StatementParts = {
  folders: FolderStore
  ledger: LedgerStore
  signer: StatementSigner
  clock: Clock
  reconcileMs: number
}

/** Signed completeness accounts of mailboxes. */
export class Statements implements StatementDesk {
  constructor(private readonly parts: StatementParts) {}

  async of(mailbox: Mailbox): Promise<SignedStatement> {
    const { folders, ledger, signer, clock, reconcileMs } = this.parts
    const watched = await folders.watchedOf(mailbox._id)
    const counted = await Promise.all(
      watched.map(async (folder) => ({ folder, counts: await ledger.countsOf(folder._id) })),
    )
    return signer.sign(makeStatement({ mailbox, folders: counted, now: clock.now(), reconcileMs }))
  }

  publicKeys(): Promise<StatementKeySet> {
    return this.parts.signer.publicKeys()
  }
}
