import { z } from 'zod'
import type { Email, EmailHead } from '../../models/email.ts'
import type { EmailFilter, EmailPage } from '../../models/wire/email.ts'
import type {
  EmailStatus,
  EmailStatusRequest,
  LogEmailRequest,
} from '../../models/wire/log-email.ts'
import type { Clock } from '../clock.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { OnStored } from '../contacts/ports.ts'
import { BadRequestError } from '../errors.ts'
import { redacted, type EmailAccess } from './access/email-access.ts'
import type { EmailDesk, PageRequest, Person } from './ports.ts'
import type { Vault } from '../keys/vault.ts'
import type { Blind } from '../keys/workspace-keys.ts'
import type { HandLog, Loggable } from '../rules/hand-log.ts'
import { emailIdOf, type EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { seeInThreads, type Threading } from '../threads/see-in-threads.ts'
import { identityOf, messageIdKeyOf } from '../sync/decide/identity.ts'
import { factsOf, handKeyOf, seenByHand } from './logged-by-hand.ts'
import { presentEmail, presentSighting } from './present.ts'
import { sightingNames, sightingsOf } from './sighting-names.ts'

export type EmailDeskParts = {
  emails: EmailStore
  threads: Threading
  mailboxes: MailboxStore
  folders: FolderStore
  vault: Vault
  access: EmailAccess
  audit: Audit
  handLog: Pick<HandLog, 'check' | 'follow'>
  clock: Clock
  onStored?: OnStored
  /** What a person chose along with logging; without, nothing is chosen. */
  logChoices?: LogChoices
  onLogged: (logged: { person: Person; email: Email }) => void
}

/** `check` before anything is stored, `keep` before files are fetched; both can be repeated. */
type LogChoices = {
  check(person: Person, request: LogEmailRequest): Promise<void>
  keep(person: Person, request: LogEmailRequest, emailId: string): Promise<void>
}

/** Reading e-mails, and the add-in's door: is the open message here, and log it by hand. */
export class Emails implements EmailDesk {
  constructor(private readonly parts: EmailDeskParts) {}

  /** What is looked at is written down first; a list that cannot be accounted for is not shown. */
  async page(person: Person, { limit, cursor, ...filter }: PageRequest): Promise<EmailPage> {
    const { access, audit, emails } = this.parts
    const reader = { ...(await access.readerOf(person)), ...narrowed(filter) }
    const [found, total] = await Promise.all([
      emails.page(reader, {
        limit: limit + 1,
        before: cursor === null ? null : readCursor(cursor),
      }),
      emails.count(reader),
    ])
    const last = found.length > limit ? found[limit - 1] : undefined
    const shown = found.slice(0, limit)
    const [names, levels] = await Promise.all([
      sightingNames(this.parts, shown, person.userId),
      access.levels(person, shown),
    ])
    await audit.write({
      ...{ workspaceId: person.workspaceId, who: actorOf(person), action: 'emails-listed' },
      object: { kind: 'mailbox', id: filter.mailbox ?? 'all' },
      details: { count: shown.length },
    })
    return {
      emails: shown.flatMap((email) => {
        const level = levels.get(email._id) ?? 'none' // somebody may share less since a moment ago
        return level === 'none' ? [] : [redacted(presentEmail(email, person.userId, names), level)]
      }),
      nextCursor: last ? writeCursor(last) : null,
      total,
    }
  }

  async status(person: Person, request: EmailStatusRequest): Promise<EmailStatus> {
    const { emails, vault } = this.parts
    const { blind } = await vault.of(person.workspaceId)
    const email = await emails.findOpen(person, namesOf(blind, request))
    return email ? this.stored(email, person) : { state: 'not-logged' }
  }

  /** The same e-mail the sync writes, with one more sighting; repeating it changes nothing. */
  async log(person: Person, request: LogEmailRequest): Promise<EmailStatus> {
    const { emails, vault, clock, handLog, logChoices, onLogged } = this.parts
    await logChoices?.check(person, request)
    const loggable = await handLog.check(person, request)
    const { copy } = loggable
    const { workspaceId } = person
    const { blind } = await vault.of(workspaceId)
    const known = { ...loggable, ...(await this.knownCopies(person, request, loggable)) }
    const byHand = seenByHand(person, request, { ...known, blind, now: clock.now() })
    const [seen = byHand] = await emails.settle([byHand])
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'email-logged' },
      object: { kind: 'email', id: emailIdOf(workspaceId, seen.identity) },
    })
    const mail = [{ seen, conversationId: null }]
    const [{ emailId = '', identity = seen.identity } = {}] = await seeInThreads(
      this.parts,
      workspaceId,
      mail,
    )
    await this.parts.onStored?.(workspaceId, [
      { seen: { ...seen, identity }, isMachineMail: false },
    ])
    await logChoices?.keep(person, request, emailId)
    await handLog.follow(person, request, { copy, emailId })
    const email = await emails.find(emailId)
    if (!email) throw new Error('a logged e-mail vanished')
    onLogged({ person, email })
    return this.stored(email, person)
  }

  private async knownCopies(
    person: Person,
    request: LogEmailRequest,
    { copy, deduplicate }: Loggable,
  ) {
    const { emails, vault } = this.parts
    const { blind } = await vault.of(person.workspaceId)
    const { itemId } = request
    const internetMessageId = copy?.message.internetMessageId ?? request.internetMessageId
    const names = namesOf(blind, { itemId, internetMessageId })
    const isAlone = copy !== null || !deduplicate // what they have otherwise is met by its identity, or not at all
    const own = await emails.findOpen(person, {
      ...names,
      ...(isAlone && { sightingKey: handKeyOf(person) }),
    })
    const identity = identityOf(blind, factsOf(request))
    const shared = isAlone ? null : await emails.findByIdentity(person.workspaceId, identity)
    return { own, shared }
  }

  private async stored(email: EmailHead, { userId }: Person): Promise<EmailStatus> {
    const names = await sightingNames(this.parts, [email], userId)
    const own = sightingsOf(email, userId)
    const since = Math.min(...own.map((sighting) => sighting.since.getTime()))
    return {
      state: 'stored',
      emailId: email._id,
      since: new Date(since).toISOString(),
      sightings: own.map((sighting) => presentSighting(sighting, names)),
    }
  }
}

const narrowed = ({ mailbox, provider, contact, state, ...received }: Partial<EmailFilter>) => ({
  ...(mailbox && { mailboxId: mailbox }),
  ...(provider && { provider }),
  ...(contact && { contactId: contact }),
  ...(state && { state }),
  ...(received.from && { receivedFrom: new Date(received.from) }),
  ...(received.until && { receivedUntil: new Date(received.until) }),
})

type Names = Pick<EmailStatusRequest, 'internetMessageId' | 'itemId'>

const namesOf = (blind: Blind, { internetMessageId, itemId }: Names) => ({
  messageIdKey: messageIdKeyOf(blind, internetMessageId ?? null),
  itemId: itemId ?? null,
})

const Cursor = z.tuple([z.iso.datetime(), z.string()])

const writeCursor = ({ receivedAt, _id }: EmailHead) =>
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
