import type { EmailPage } from '../../../models/wire/email.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import { redacted, type EmailAccess } from '../../crm/access/email-access.ts'
import type { Person } from '../../crm/ports.ts'
import { presentEmail } from '../../crm/present.ts'
import { sightingNames } from '../../crm/sighting-names.ts'
import { NotFoundError } from '../../errors.ts'
import type { EmailStore } from '../../store/email-store.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import type { ContactStore } from '../store/contact-store.ts'
import { cut, readCursor } from '../cursor.ts'

export type ContactEmailsParts = {
  contacts: ContactStore
  access: EmailAccess
  emails: EmailStore
  mailboxes: MailboxStore
  folders: FolderStore
  audit: Audit
}

/** A contact's e-mails, as far as a person may see them. */
export class ContactEmails {
  constructor(private readonly parts: ContactEmailsParts) {}

  /** Newest first; of a contact that was merged, those of the one it was merged into. */
  async page(
    person: Person,
    id: string,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<EmailPage> {
    const { access, contacts, emails } = this.parts
    const { workspaceId, userId } = person
    const contactId = (await contacts.survivors(workspaceId, [id])).get(id)
    if (contactId === undefined) throw new NotFoundError()
    const reader = { ...(await access.readerOf(person)), contactId }
    const place = readCursor(cursor)
    const before = place && { receivedAt: place.at, id: place.id }
    const [found, total] = await Promise.all([
      emails.page(reader, { limit: limit + 1, before }),
      emails.count(reader),
    ])
    const page = cut(found, limit, ({ receivedAt: at, _id }) => ({ at, id: _id }))
    const [names, levels] = await Promise.all([
      sightingNames(this.parts, page.items, userId),
      access.levels(person, page.items),
    ])
    await this.note(person, { contactId, count: page.items.length })
    return {
      emails: page.items.flatMap((email) => {
        const level = levels.get(email._id) ?? 'none' // somebody may share less since a moment ago
        return level === 'none' ? [] : [redacted(presentEmail(email, userId, names), level)]
      }),
      nextCursor: page.nextCursor,
      total,
    }
  }

  private async note(
    person: Person,
    { contactId: id, count }: { contactId: string; count: number },
  ) {
    const { workspaceId } = person
    const object = { kind: 'contact', id }
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'emails-listed', object },
      details: { count },
    })
  }
}
