import type { AuditDetails } from '../../../models/wire/audit.ts'
import type { EmailDetail, ReadState } from '../../../models/wire/email-detail.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { HtmlCleaner, Shown } from '../../html/cleaner.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import type { ReadStates } from './read-states.ts'
import { redacted, type EmailAccess } from '../access/email-access.ts'
import type { Person, ReadingDesk } from '../ports.ts'
import { presentDetail } from '../present.ts'
import { sightingNames } from '../sighting-names.ts'

export type ReadingParts = {
  access: Pick<EmailAccess, 'open'>
  mailboxes: MailboxStore
  folders: FolderStore
  readStates: ReadStates
  cleaner: HtmlCleaner
  audit: Audit
  /** Where people reach us. */
  publicUrl: string
}

/** One e-mail, opened. */
export class Reading implements ReadingDesk {
  constructor(private readonly parts: ReadingParts) {}

  async detail(person: Person, emailId: string): Promise<EmailDetail> {
    const { email, level } = await this.parts.access.open(person, emailId)
    await this.viewed(person, emailId, { shown: 'header', level })
    const names = await sightingNames(this.parts, [email], person.userId)
    const readState = await this.parts.readStates.of(person, email)
    const shown = { ...presentDetail(email, person.userId, names), readState }
    const detail = redacted(shown, level)
    return level === 'full' ? detail : { ...detail, bcc: [] }
  }

  /** Their own reading: it is theirs to know, and no setting of anybody's. */
  mark(person: Person, emailId: string, state: ReadState): Promise<ReadState> {
    return this.parts.readStates.set(person, emailId, state)
  }

  /** Written down before anything is shown: a view that cannot be accounted for does not happen. */
  async body(person: Person, emailId: string, remote: 'block' | 'show'): Promise<Shown> {
    const { access, cleaner, publicUrl } = this.parts
    const { email, level } = await access.open(person, emailId, 'full')
    const { _id: id, bodyHtml } = email
    await this.viewed(person, id, { shown: 'body', level, remotePictures: remote === 'show' })
    const ownHost = new URL(publicUrl).hostname
    return cleaner.clean(bodyHtml, { remote, inlineAt: `/api/v1/emails/${id}/inline/`, ownHost })
  }

  private viewed(person: Person, id: string, details: AuditDetails): Promise<void> {
    const { workspaceId } = person
    const object = { kind: 'email', id }
    const who = actorOf(person)
    return this.parts.audit.write({ workspaceId, who, action: 'email-viewed', object, details })
  }
}
