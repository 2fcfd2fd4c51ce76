import type { EmailHead, Sighting } from '../../../models/email.ts'
import type { ReadState } from '../../../models/wire/email-detail.ts'
import { BadRequestError } from '../../errors.ts'
import type { EmailAccess } from '../access/email-access.ts'
import type { Person } from '../ports.ts'
import type { EmailStore } from '../../store/email-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import type { Directions } from '../../write-back/write-back.ts'
import type { WriteBackQueue } from '../../write-back/write-back-queue.ts'

export type ReadStateParts = {
  access: Pick<EmailAccess, 'open'>
  emails: Pick<EmailStore, 'changedLooks' | 'writeLooks'>
  mailboxes: Pick<MailboxStore, 'findMany'>
  policies: Directions
  writeBackQueue: Pick<WriteBackQueue, 'wish'>
}

/** A copy in a mailbox of one's own, which the provider knows by its id. */
type OwnCopy = Sighting & { mailboxId: string; messageId: string; isRead: boolean }

/** Read and unread, of a person's own copies in mailboxes that go both ways. A colleague's reading is not theirs to change. */
export class ReadStates {
  constructor(private readonly parts: ReadStateParts) {}

  /** Read only when all of them are; null: there are none. */
  async of(person: Person, email: EmailHead): Promise<ReadState | null> {
    const copies = await this.copiesOf(person, email)
    return copies.length > 0 ? { isRead: copies.every(({ isRead }) => isRead) } : null
  }

  /** The wish is kept first, then shown here; Outlook shows it some moments later. Throws a BadRequestError where nothing goes back. */
  async set(person: Person, emailId: string, { isRead }: ReadState): Promise<ReadState> {
    const { access, emails, writeBackQueue } = this.parts
    const { email } = await access.open(person, emailId)
    const copies = await this.copiesOf(person, email)
    if (copies.length === 0)
      throw new BadRequestError(
        'Your mailbox does not take read and unread from FlowCRM. Choose under Rules what goes back to Outlook.',
      )
    const { workspaceId } = email
    await writeBackQueue.wish(
      copies.map(({ mailboxId, messageId }) => ({ workspaceId, mailboxId, messageId, isRead })),
    )
    const looks = copies.map(({ key }) => ({ emailId, key, isRead }))
    await emails.writeLooks(await emails.changedLooks(looks))
    return { isRead }
  }

  private async copiesOf({ userId }: Person, { sightings }: EmailHead): Promise<OwnCopy[]> {
    const { mailboxes, policies } = this.parts
    const own = sightings.filter((one) => one.ownerUserId === userId).filter(isThere)
    const found = await mailboxes.findMany([...new Set(own.map(({ mailboxId }) => mailboxId))])
    const open = new Set<string>()
    for (const mailbox of found.filter(({ status }) => status !== 'disconnected'))
      if ((await policies.rulesOf(mailbox)).direction === 'two-way') open.add(mailbox._id)
    return own.filter(({ mailboxId }) => open.has(mailboxId))
  }
}

const isThere = (one: Sighting): one is OwnCopy =>
  one.via === 'sync' &&
  one.mailboxId !== null &&
  one.messageId !== null &&
  one.isRead !== null &&
  !one.goneAt
