import type { Mailbox } from '../../models/mailbox.ts'
import type { AddAddress, Look, LookFollowUps, LookRequest } from '../../models/wire/pane/look.ts'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import type { Explanation } from '../../models/wire/explain.ts'
import type { EmailStatusRequest } from '../../models/wire/log-email.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { ContactsDesk } from '../contacts/contacts-desk.ts'
import type { EmailAccess, Onlooker } from '../crm/access/email-access.ts'
import type { EmailDesk, ExplainDesk, Person } from '../crm/ports.ts'
import { NotFoundError } from '../errors.ts'
import type { RuleBook } from '../rules/rule-book.ts'
import { ledgerState, mailboxOf, mailboxState, type LedgerParts } from './message-state.ts'
import { newestOf, type NewestParts } from './newest.ts'
import { peopleIn, type PeopleParts } from './people-in.ts'

export type PaneDeskParts = LedgerParts &
  NewestParts &
  PeopleParts & {
    access: Pick<EmailAccess, 'onlooker'>
    emailDesk: Pick<EmailDesk, 'status'>
    explainer: ExplainDesk
    /** What is to be done for these contacts, where they stand, and what is noted. */
    followUpsOf: (person: Person, about: About) => Promise<LookFollowUps>
    audit: Audit
    policies: PeopleParts['policies'] & Pick<RuleBook, 'mailboxRules'>
    desks: PeopleParts['desks'] & { contacts: Pick<ContactsDesk, 'find' | 'change'> }
  }

type About = { contactIds: string[]; emailId: string | null }

/** What the pane asks for at once: of the open message, its people, and what else there is of them. */
export class PaneDesk {
  constructor(private readonly parts: PaneDeskParts) {}

  async look(person: Person, request: LookRequest): Promise<Look> {
    const { emailDesk, emails, access } = this.parts
    const { internetMessageId, itemId, mailboxAddress } = request
    const key = { internetMessageId, itemId, mailboxAddress }
    const [status, mailbox, onlooker] = await Promise.all([
      emailDesk.status(person, key),
      mailboxOf(this.parts, person, mailboxAddress),
      access.onlooker(person),
    ])
    const isStored = status.state === 'stored'
    const message = isStored ? status : await ledgerState(this.parts, mailbox, key)
    const [email = null] = isStored ? await emails.findMany([status.emailId]) : []
    const level = email ? (onlooker.levels([email]).get(email._id) ?? 'none') : 'none'
    const seen = email && level !== 'none' ? { email, level } : null
    const threadId = email?.threadId ?? null
    const [people, thread, keptOut] = await Promise.all([
      peopleIn(this.parts, person, { request, seen }),
      threadId === null ? null : this.thread(onlooker, threadId),
      mailbox && request.conversationId ? this.keptOut(mailbox, request.conversationId) : null,
    ])
    const [first] = people.contacts
    const ids = people.contacts.map(({ contact }) => contact.id)
    const [recent, followUps] = await Promise.all([
      first ? this.recent(onlooker, first.contact.id, threadId) : null,
      this.parts.followUpsOf(person, { contactIds: ids, emailId: email?._id ?? null }),
    ])
    const more = { ...people, keptOut, recent, thread, followUps }
    const look = { message, mailbox: mailboxState(mailbox), ...more }
    await this.note(person, look)
    return look
  }

  /** Throws a NotFoundError when the mailbox is not connected, or not theirs. */
  async explain(
    person: Person,
    { internetMessageId, itemId, mailboxAddress }: EmailStatusRequest,
    signal: AbortSignal,
  ): Promise<Explanation> {
    const mailbox = await mailboxOf(this.parts, person, mailboxAddress)
    if (!mailbox) throw new NotFoundError()
    const question = internetMessageId ? { internetMessageId } : { messageId: itemId ?? '' }
    return this.parts.explainer.explain(mailbox, question, signal)
  }

  /** Whoever changes the contact at the same time is asked to look again. */
  async addAddress(person: Person, { contactId: id, address }: AddAddress): Promise<Contact> {
    const { contacts } = this.parts.desks
    const { addresses, version } = await contacts.find(person, id)
    const inUse = addresses.flatMap((each) => (each.formerSince === null ? [each.address] : []))
    return contacts.change(person, { id, version }, { addresses: [...inUse, address] })
  }

  private async keptOut(mailbox: Mailbox, conversationId: string): Promise<boolean> {
    const { rules } = await this.parts.policies.mailboxRules(mailbox)
    return rules.keptOut?.includes(conversationId) ?? false
  }

  private async thread(onlooker: Onlooker, id: string): Promise<Look['thread']> {
    return { id, ...(await newestOf(this.parts, onlooker, { threadId: id })) }
  }

  /** What is in the conversation is not told again as mail with the contact. */
  private async recent(
    onlooker: Onlooker,
    contactId: string,
    threadId: string | null,
  ): Promise<Look['recent']> {
    const which = { contactId, ...(threadId !== null && { butThreadId: threadId }) }
    return { contactId, ...(await newestOf(this.parts, onlooker, which)) }
  }

  /** Whose mail is shown is written down first: in one line, as one waits for another. */
  private async note(person: Person, { recent, thread }: Look): Promise<void> {
    const count = (recent?.emails.length ?? 0) + (thread?.emails.length ?? 0)
    if (count === 0) return
    const object = recent
      ? { kind: 'contact', id: recent.contactId }
      : { kind: 'thread', id: thread?.id ?? '' }
    await this.parts.audit.write({
      ...{ workspaceId: person.workspaceId, who: actorOf(person), action: 'emails-listed', object },
      details: { count, thread: thread?.id ?? null },
    })
  }
}
