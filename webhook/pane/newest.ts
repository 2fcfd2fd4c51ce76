import type { Email } from '../../models/wire/email.ts'
import { redacted, type EmailAccess } from '../crm/access/email-access.ts'
import type { Person } from '../crm/ports.ts'
import { presentEmail } from '../crm/present.ts'
import { sightingNames } from '../crm/sighting-names.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

/** What fits into a narrow pane; the console has the rest. */
const MOST = 5

export type NewestParts = {
  access: Pick<EmailAccess, 'readerOf' | 'levels'>
  emails: Pick<EmailStore, 'page' | 'count' | 'findMany'>
  mailboxes: MailboxStore
  folders: FolderStore
}

/** E-mails of a contact, beside those of a conversation; or of a conversation. */
export type Which = { contactId: string; butThreadId?: string } | { threadId: string }

/** The newest of them that a person may see, and how many there are. Whoever shows them writes that down. */
export async function newestOf(
  parts: NewestParts,
  person: Person,
  which: Which,
): Promise<{ emails: Email[]; total: number }> {
  const { access, emails } = parts
  const { userId } = person
  const reader = { ...(await access.readerOf(person)), ...which }
  const [heads, total] = await Promise.all([
    emails.page(reader, { limit: MOST, before: null }),
    emails.count(reader),
  ])
  const [names, levels] = await Promise.all([
    sightingNames(parts, heads, userId),
    access.levels(person, heads),
  ])
  const shown = heads.flatMap((email) => {
    const level = levels.get(email._id) ?? 'none' // somebody may share less since a moment ago
    return level === 'none' ? [] : [redacted(presentEmail(email, userId, names), level)]
  })
  return { emails: shown, total }
}
