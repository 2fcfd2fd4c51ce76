import { z } from 'zod'
import type { Email } from '../../models/email.ts'
import type { EmailPage } from '../../models/wire/email.ts'
import type {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../models/wire/log-email.ts'
import type { Clock } from '../clock.ts'
import { BadRequestError } from '../errors.ts'
import type { EmailDesk, Person } from './ports.ts'
import type { EmailStore } from '../store/email-store.ts'
import { identityOf, messageIdKeyOf } from '../sync/decide/identity.ts'
import { factsOf, seenByHand } from './logged-by-hand.ts'
import { presentEmail, presentSighting, sightingsOf } from './present.ts'

export type EmailDeskParts = {
  emails: EmailStore
  clock: Clock
  onLogged: (logged: { person: Person; email: Email }) => void
}

type PageQuery = { limit: number; cursor: string | null; mailboxId: string | null }

/** Reading e-mails, and the add-in's door: is the open message here, and log it by hand. */
export class Emails implements EmailDesk {
  constructor(private readonly parts: EmailDeskParts) {}

  async page(person: Person, { limit, cursor, mailboxId }: PageQuery): Promise<EmailPage> {
    const { emails } = this.parts
    const reader = { ...person, ...(mailboxId && { mailboxId }) }
    const [found, total] = await Promise.all([
      emails.page(reader, {
        limit: limit + 1,
        before: cursor === null ? null : readCursor(cursor),
      }),
      emails.count(reader),
    ])
    const last = found.length > limit ? found[limit - 1] : undefined
    return {
      emails: found.slice(0, limit).map((email) => presentEmail(email, person.userId)),
      nextCursor: last ? writeCursor(last) : null,
      total,
    }
  }

  async status(person: Person, request: EmailStatusRequest): Promise<EmailStatus> {
    const email = await this.parts.emails.findOpen(person, namesOf(request))
    return email ? stored(email, person) : { state: 'not-logged' }
  }

  /** The same e-mail the sync writes, with one more sighting; repeating it changes nothing. */
  async log(person: Person, request: LogEmailRequest): Promise<EmailStatus> {
    const { emails, clock, onLogged } = this.parts
    const own = await emails.findOpen(person, namesOf(request))
    const shared = await emails.findByIdentity(person.workspaceId, identityOf(factsOf(request)))
    const seen = seenByHand(person, request, { own, shared, now: clock.now() })
    await emails.see([seen])
    const email = await emails.findByIdentity(person.workspaceId, seen.identity)
    if (!email) throw new Error('a logged e-mail vanished')
    onLogged({ person, email })
    return stored(email, person)
  }
}

const namesOf = ({ internetMessageId, itemId }: EmailStatusRequest) => ({
  messageIdKey: messageIdKeyOf(internetMessageId ?? null),
  itemId: itemId ?? null,
})

function stored(email: Email, { userId }: Person): EmailStatus {
  const own = sightingsOf(email, userId)
  const since = Math.min(...own.map((sighting) => sighting.since.getTime()))
  return {
    state: 'stored',
    emailId: email._id,
    since: new Date(since).toISOString(),
    sightings: own.map(presentSighting),
  }
}

const Cursor = z.tuple([z.iso.datetime(), z.string()])

const writeCursor = ({ receivedAt, _id }: Email) =>
  Buffer.from(JSON.stringify([receivedAt.toISOString(), _id])).toString('base64url')

function readCursor(text: string): { receivedAt: Date; id: string } {
  try {
    const [receivedAt, id] = Cursor.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    )
    return { receivedAt: new Date(receivedAt), id }
  } catch {
    throw new BadRequestError('This page is not known. Start at the first one.', [
      { path: 'cursor', message: 'must be the nextCursor of an earlier answer' },
    ])
  }
}
