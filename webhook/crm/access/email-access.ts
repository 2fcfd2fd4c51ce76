import type { Email, EmailHead } from '../../../models/email.ts'
import type { Email as WireEmail } from '../../../models/wire/email.ts'
import { NotFoundError } from '../../errors.ts'
import type { EmailStore, Reader } from '../../store/email-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import { visibilityOf, type Visibility } from '../decide/visibility.ts'
import type { Person } from '../ports.ts'

/** How much of an e-mail that is seen at all. */
export type Level = Exclude<Visibility, 'none'>

/** Somebody who looks, as things are shared at this moment: good for one answer, however much it looks at. */
export type Onlooker = {
  reader: Reader
  /** As `EmailAccess.levels`. */
  levels: (emails: EmailHead[]) => Map<string, Visibility>
}

type Sharing = Awaited<ReturnType<MailboxStore['sharingIn']>>

/** What is asked for: anything at all, or all of it. */
type Least = 'metadata' | 'full'

type Parts = { emails: EmailStore; mailboxes: MailboxStore }

/** Which e-mails somebody may see, and how much of each: the one way to them for everything that shows mail. */
export class EmailAccess {
  constructor(private readonly parts: Parts) {}

  /** What to ask the store for; `levels` says of what it gives how much may be shown. */
  async readerOf(person: Person): Promise<Reader> {
    return (await this.onlooker(person)).reader
  }

  async onlooker(person: Person): Promise<Onlooker> {
    const { workspaceId, userId, roles } = person
    const sharing = await this.parts.mailboxes.sharingIn(workspaceId)
    const reader = {
      ...{ workspaceId, userId },
      ...(roles.includes('member') && { sharedMailboxIds: [...sharing.keys()] }),
    }
    return { reader, levels: (emails) => levelsOf(person, sharing, emails) }
  }

  /** Of each e-mail, by its id; those of another workspace are not there. */
  async levels(person: Person, emails: EmailHead[]): Promise<Map<string, Visibility>> {
    return levelsOf(person, await this.parts.mailboxes.sharingIn(person.workspaceId), emails)
  }

  /** One e-mail. Throws a NotFoundError when it is not there, or is not to be seen as far as that. */
  async open(
    person: Person,
    emailId: string,
    least: Least = 'metadata',
  ): Promise<{ email: Email; level: Level }> {
    const email = await this.parts.emails.find(emailId)
    if (!email) throw new NotFoundError()
    return { email, level: await this.levelOf(person, email, least) }
  }

  /** The same without opening it. */
  async check(person: Person, emailId: string, least: Least = 'metadata'): Promise<Level> {
    const [email] = await this.parts.emails.findMany([emailId])
    if (!email) throw new NotFoundError()
    return this.levelOf(person, email, least)
  }

  private async levelOf(person: Person, email: EmailHead, least: Least): Promise<Level> {
    const level = (await this.levels(person, [email])).get(email._id) ?? 'none'
    if (level === 'none' || (least === 'full' && level !== 'full')) throw new NotFoundError()
    return level
  }
}

function levelsOf(person: Person, sharing: Sharing, emails: EmailHead[]): Map<string, Visibility> {
  const own = emails.filter(({ workspaceId }) => workspaceId === person.workspaceId)
  return new Map(
    own.map(({ _id, sightings, contactIds, isFiledOnly }) => [
      _id,
      visibilityOf({
        viewer: person,
        sightings: sightings.map(({ ownerUserId, mailboxId }) => ({
          ownerUserId,
          sharing: sharing.get(mailboxId ?? '') ?? 'private',
        })),
        isMatched: contactIds.length > 0 && !isFiledOnly,
      }),
    ]),
  )
}

/** Without what is not to be seen. */
export const redacted = <E extends WireEmail>(email: E, level: Level): E => ({
  ...email,
  visibility: level,
  ...(level !== 'full' && { preview: '' }),
  ...(level === 'metadata' && { subject: '' }),
})
