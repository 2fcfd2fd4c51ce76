import type { Connection } from 'mongoose'
import type { Audit } from '../../../../webhook/audit/audit.ts'
import type { Clock } from '../../../../webhook/clock.ts'
import { EmailAccess } from '../../../../webhook/crm/access/email-access.ts'
import type { Vault } from '../../../../webhook/keys/vault.ts'
import type { Plan } from '../../../../webhook/limits/plans.ts'
import { PlanRoom } from '../../../../webhook/limits/room.ts'
import { UsageStore } from '../../../../webhook/limits/usage-store.ts'
import type { MailProvider } from '../../../../webhook/provider/provider.ts'
import { FolderMarks } from '../../../../webhook/queue/folder-marks.ts'
import { RuleDesk } from '../../../../webhook/rules/desk.ts'
import { noContacts, nobodyErased } from '../../../../webhook/rules/people.ts'
import { RuleBook } from '../../../../webhook/rules/rule-book.ts'
import { RuleStore } from '../../../../webhook/rules/rule-store.ts'
import { EmailStore } from '../../../../webhook/store/email-store.ts'
import { FolderStore } from '../../../../webhook/store/folder-store.ts'
import { LedgerStore } from '../../../../webhook/store/ledger-store.ts'
import { MailboxStore } from '../../../../webhook/store/mailbox-store.ts'
import { SightingStore } from '../../../../webhook/store/sighting-store.ts'

type Parts = { db: Connection; vault: Vault; clock: Clock; audit: Audit; plan: Plan }

const nobody: Partial<MailProvider> = {}

/** The real desk over a mailbox service that nobody reaches: folders are not watched, so nobody is asked. */
export function ruleDeskOn(parts: Parts): RuleDesk {
  const { db, clock, plan } = parts
  const stores = {
    mailboxes: new MailboxStore(parts),
    folders: new FolderStore(parts),
    ledger: new LedgerStore(db),
    sightings: new SightingStore(db),
    ruleStore: new RuleStore(parts),
    emails: new EmailStore(parts),
  }
  const people = { contacts: noContacts, suppressions: nobodyErased }
  const room = { usages: new UsageStore({ db, clock }), plan, emails: stores.sightings, clock }
  return new RuleDesk({
    ...{ ...parts, ...stores, access: new EmailAccess(stores) },
    policies: new RuleBook({ ...parts, ...stores, ...people }),
    room: new PlanRoom(room),
    queue: new FolderMarks({ db, clock, coalesceMs: 0 }),
    providers: { forMailbox: () => nobody as MailProvider },
    writeAccess: { look: async () => undefined }, // as it does for a mailbox that nobody can reach
  })
}
