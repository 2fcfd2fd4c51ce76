import type { Connection } from 'mongoose'
import type { Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import type { EmailAccess } from '../crm/access/email-access.ts'
import type { Vault } from '../keys/vault.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { forgetContact } from '../follow-up/about-people.ts'
import { nobodyErased, type Suppressions } from '../rules/people.ts'
import { Aliases } from './aliases.ts'
import { CompaniesDesk } from './companies-desk.ts'
import { CompanyStore } from './store/company-store.ts'
import type { ContactStore } from './store/contact-store.ts'
import { ContactWriter } from './contact-writer.ts'
import { ContactsDesk } from './contacts-desk.ts'
import { ImportDesk } from './import/import-desk.ts'
import { ImportStore } from './import/import-store.ts'
import { Importer } from './import/importer.ts'
import { ContactEmails } from './matching/contact-emails.ts'
import { MatchingJobStore } from './matching/job-store.ts'
import { MatchedEmails } from './matching/matched-emails.ts'
import { Matcher } from './matching/matcher.ts'
import { MatchesDesk } from './matching/matches-desk.ts'
import { PinStore } from './matching/pin-store.ts'
import { DuplicatesDesk } from './merging/duplicates-desk.ts'
import { MergeStore } from './merging/merge-store.ts'
import { Merger } from './merging/merger.ts'
import { MergesDesk } from './merging/merges-desk.ts'
import type { Reevaluate } from './ports.ts'
import { afterStoring, type OwnDomains } from './suggestions/stored-mail.ts'
import { SuggestionStore } from './suggestions/suggestion-store.ts'
import { SuggestionsDesk } from './suggestions/suggestions-desk.ts'

export type ContactParts = {
  db: Connection
  vault: Pick<Vault, 'of'>
  clock: Clock
  audit: Audit
  contacts: ContactStore
  emails: EmailStore
  mailboxes: MailboxStore
  folders: FolderStore
  access: EmailAccess
  policies: OwnDomains
  suppressions?: Suppressions
  reevaluate: Reevaluate
}

/** What the routes need of contacts. */
export type ContactDesks = ReturnType<typeof openContacts>['desks']

/** Everything about contacts, put together in reading order. */
export function openContacts(parts: ContactParts) {
  const { db, clock, contacts, suppressions: erased = nobodyErased } = parts
  const companies = new CompanyStore(parts)
  const pins = new PinStore(db)
  const jobs = new MatchingJobStore(parts)
  const matched = new MatchedEmails(db)
  const aliases = new Aliases({ ...parts, companies })
  const { reevaluate } = parts
  const matcher = new Matcher({ contacts, emails: matched, pins, jobs, aliases, reevaluate })
  const writer = new ContactWriter({ ...parts, companies, matcher, suppressions: erased })
  const merges = new MergeStore(parts)
  const merger = new Merger({ contacts, writer, matcher, merges })
  const suggestions = new SuggestionStore(parts)
  const shared = { ...parts, companies, writer, matcher, matched, pins, clock }

  const onRemoved = (contact: Parameters<typeof forgetContact>[1]) => forgetContact(db, contact)
  const contactsDesk = new ContactsDesk({ ...shared, onRemoved })
  const importer = new Importer({ ...shared, suppressions: erased })
  const desks = {
    contacts: contactsDesk,
    companies: new CompaniesDesk(shared),
    imports: new ImportDesk({ ...shared, importer, imports: new ImportStore(parts) }),
    suggestions: new SuggestionsDesk({ ...shared, suggestions, contactsDesk }),
    duplicates: new DuplicatesDesk(shared),
    merges: new MergesDesk({ ...shared, merges, merger }),
    emails: new ContactEmails(parts),
    matches: new MatchesDesk(shared),
  }
  return {
    desks,
    ...{ matcher, pins, merger, merges, suggestions, companies, writer },
    onStored: afterStoring({ ...parts, matcher, suggestions }),
    /** What was left half done, here or at another instance. */
    chores: [
      (signal: AbortSignal) => matcher.carryOnDue(signal),
      (signal: AbortSignal) => merger.carryOnDue(signal),
    ],
  }
}
