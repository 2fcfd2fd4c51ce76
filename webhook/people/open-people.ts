import type { Connection } from 'mongoose'
import type { WriteBackQueue } from '../write-back/write-back-queue.ts'
import type { AttachmentQueue } from '../attachments/attachment-queue.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { BlobStore } from '../attachments/blob-store.ts'
import type { Audit } from '../audit/audit.ts'
import type { AuditStore } from '../audit/audit-store.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { ContactWriter } from '../contacts/contact-writer.ts'
import type { MergeStore } from '../contacts/merging/merge-store.ts'
import type { CompanyStore } from '../contacts/store/company-store.ts'
import type { ContactStore } from '../contacts/store/contact-store.ts'
import type { SuggestionStore } from '../contacts/suggestions/suggestion-store.ts'
import type { ErasureCrashHook } from '../crash-points.ts'
import type { Events } from '../events.ts'
import type { Vault } from '../keys/vault.ts'
import type { RuleStore } from '../rules/rule-store.ts'
import type { StatementSigner } from '../statement/statement-signer.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { Room } from '../sync/policies.ts'
import { ErasureDesk } from './erasure/erasure-desk.ts'
import { Eraser } from './erasure/eraser.ts'
import { ErasureStore } from './erasure/erasure-store.ts'
import { ErasureRecord } from './erasure/record.ts'
import { RulesNaming } from './erasure/rules-naming.ts'
import { stagesOf } from './erasure/stages.ts'
import { ExportDesk } from './export/export-desk.ts'
import { Members } from './members.ts'
import { SubjectContacts } from './subject-contacts.ts'
import { Subjects } from './subjects.ts'
import type { SuppressionStore } from './suppressions.ts'
import { Traces } from './traces.ts'

export type PeopleParts = {
  db: Connection
  vault: Vault
  clock: Clock
  config: Pick<Config, 'audit'>
  audit: Audit
  audits: AuditStore
  signer: StatementSigner
  mailboxes: MailboxStore
  ledger: LedgerStore
  ruleStore: RuleStore
  room: Room
  contacts: ContactStore
  companies: CompanyStore
  writer: ContactWriter
  merges: MergeStore
  suggestions: SuggestionStore
  attachmentStore: AttachmentStore
  attachmentQueue: AttachmentQueue
  writeBackQueue: WriteBackQueue
  blobs: BlobStore
  suppressions: SuppressionStore
  events: Pick<Events, 'erasureRecorded'>
  erasureCrash?: ErasureCrashHook
}

/** Taking people out, giving them what is known of them, and knowing who signs in: put together in reading order. */
export function openPeople(parts: PeopleParts) {
  const { db, config, events, erasureCrash: crash = () => undefined } = parts
  const traces = new Traces(db)
  const people = new SubjectContacts(parts)
  const subjects = new Subjects({ ...parts, contacts: people })
  const rulesNaming = new RulesNaming(parts)
  const erasures = new ErasureStore(parts)
  const { checkpointFile: file } = config.audit
  const record = new ErasureRecord({ ...parts, file, onRecorded: events.erasureRecorded })
  const stages = stagesOf({ ...parts, traces, people, crash })
  const shared = { ...parts, traces, people, subjects, rulesNaming, erasures, record, crash }
  const eraser = new Eraser({ ...shared, stages })
  return {
    erasureDesk: new ErasureDesk({ ...shared, eraser }),
    exportDesk: new ExportDesk(shared),
    members: new Members(parts),
    erasureChores: [(signal: AbortSignal) => eraser.carryOnDue(signal)],
  }
}
