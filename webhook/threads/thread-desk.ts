import type { ThreadPage } from '../../models/wire/email.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import { cut, readCursor } from '../contacts/cursor.ts'
import { redacted, type EmailAccess } from '../crm/access/email-access.ts'
import type { Person } from '../crm/ports.ts'
import { presentEmail } from '../crm/present.ts'
import { sightingNames } from '../crm/sighting-names.ts'
import { NotFoundError } from '../errors.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { ThreadKeyStore } from './key-store.ts'
import type { ThreadedEmails } from './threaded-emails.ts'

export type ThreadDeskParts = {
  keys: ThreadKeyStore
  threaded: ThreadedEmails
  access: EmailAccess
  emails: Pick<EmailStore, 'findMany'>
  mailboxes: MailboxStore
  folders: FolderStore
  audit: Audit
}

/** Conversations, as far as a person may see their e-mails: being in one opens none of them. */
export class ThreadDesk {
  constructor(private readonly parts: ThreadDeskParts) {}

  /** The oldest first. Throws a NotFoundError where there is nothing for this person. */
  async page(
    person: Person,
    id: string,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<ThreadPage> {
    const { access, audit, keys, threaded, emails } = this.parts
    const { workspaceId, userId } = person
    const threadId = await keys.threadOf(workspaceId, id)
    if (threadId === null) throw new NotFoundError()
    const of = { threadId, reader: await access.readerOf(person) }
    const [found, total] = await Promise.all([
      threaded.page(of, { limit: limit + 1, behind: readCursor(cursor) }),
      threaded.count(of),
    ])
    if (total === 0) throw new NotFoundError()
    const { items, nextCursor } = cut(found, limit, (place) => place)
    const heads = await emails.findMany(items.map((place) => place.id))
    const [names, levels] = await Promise.all([
      sightingNames(this.parts, heads, userId),
      access.levels(person, heads),
    ])
    await audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'emails-listed' },
      object: { kind: 'thread', id: threadId },
      details: { count: items.length },
    })
    const byId = new Map(heads.map((email) => [email._id, email]))
    const shown = items.flatMap((place) => {
      const email = byId.get(place.id)
      const level = levels.get(place.id) ?? 'none' // somebody may share less since a moment ago
      if (!email || level === 'none') return []
      return [redacted(presentEmail(email, userId, names), level)]
    })
    return { id: threadId, emails: shown, nextCursor, total }
  }
}
