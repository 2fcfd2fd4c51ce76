import type { Email } from '../../models/wire/email.ts'
import { redacted, type Onlooker } from '../crm/access/email-access.ts'
import { presentEmail } from '../crm/present.ts'
import { sightingNames } from '../crm/sighting-names.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

/** What fits into a narrow pane; the console has the rest. */
const MOST = 5

export type NewestParts = {
  emails: Pick<EmailStore, 'page' | 'count' | 'findMany'>
  mailboxes: MailboxStore
  folders: FolderStore
}

/** E-mails of a contact, beside those of a conversation; or of a conversation. */
export type Which = { contactId: string; butThreadId?: string } | { threadId: string }

/** The newest of them that somebody may see, and how many there are. Whoever shows them writes that down. */
export async function newestOf(
  parts: NewestParts,
  { reader, levels }: Onlooker,
  which: Which,
): Promise<{ emails: Email[]; total: number }> {
  const { emails } = parts
  const { userId } = reader
  const asked = { ...reader, ...which }
  const [heads, total] = await Promise.all([
    emails.page(asked, { limit: MOST, before: null }),
    emails.count(asked),
  ])
  const names = await sightingNames(parts, heads, userId)
  const levelOf = levels(heads)
  const shown = heads.flatMap((email) => {
    const level = levelOf.get(email._id) ?? 'none'
    return level === 'none' ? [] : [redacted(presentEmail(email, userId, names), level)]
  })
  return { emails: shown, total }
}
