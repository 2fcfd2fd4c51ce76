import type { EmailHead } from '../../../models/email.ts'
import type { EmailMatches, PinRequest } from '../../../models/wire/contacts/upkeep.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Clock } from '../../clock.ts'
import type { EmailAccess, Level } from '../../crm/access/email-access.ts'
import {
  matchesOf,
  wordsAbout,
  type MatchReason,
  type Party,
  type PartyRole,
  type PinFacts,
} from '../../crm/decide/matching.ts'
import type { Person } from '../../crm/ports.ts'
import { NotFoundError } from '../../errors.ts'
import type { EmailStore } from '../../store/email-store.ts'
import { domainsIn } from '../aliases.ts'
import type { CompanyStore } from '../store/company-store.ts'
import { aliasesOf } from '../store/contact-keys.ts'
import type { Contact, ContactStore } from '../store/contact-store.ts'
import type { Matcher } from './matcher.ts'
import type { PinStore } from './pin-store.ts'

export type MatchesDeskParts = {
  contacts: ContactStore
  companies: CompanyStore
  matcher: Matcher
  pins: PinStore
  access: Pick<EmailAccess, 'levels'>
  emails: Pick<EmailStore, 'findMany'>
  audit: Audit
  clock: Clock
}

/** An e-mail, and how much of it a person may see. */
export type Seen = { email: EmailHead; level: Level }

type Matches = EmailMatches['matches']

/** Whom a message names. */
type Named = Pick<EmailHead, 'from' | 'sender' | 'to' | 'cc' | 'bcc' | 'replyTo'>

/** The same, and the keys of their addresses. */
export type OpenMessage = Named & Pick<EmailHead, 'partyKeys'>

/** What it takes to say whose a message is; `wordsOn`: people's words, where these contacts match. */
type Matchable = {
  id: string
  partyKeys: string[]
  parties: Party[]
  wordsOn: (contactIds: string[]) => PinFacts[]
}

/** Whose an e-mail is, and people's word on it. */
export class MatchesDesk {
  constructor(private readonly parts: MatchesDeskParts) {}

  /** Whom an e-mail belongs to, with every reason. */
  async matches(person: Person, emailId: string): Promise<EmailMatches> {
    return this.present(await this.find(person, emailId))
  }

  async pin(person: Person, { emailId, contactId, belongs }: PinRequest): Promise<EmailMatches> {
    const { pins, clock } = this.parts
    const { workspaceId, userId: byUserId } = person
    const { email } = await this.find(person, emailId)
    const survivors = await this.parts.contacts.survivors(workspaceId, [contactId])
    if (!survivors.has(contactId)) throw new NotFoundError()
    const { threadId, ownThreadKey = null } = email
    const of = { workspaceId, emailId, contactId, threadId, ownThreadKey }
    const pin = { ...of, belongs, byUserId, at: clock.now() }
    await this.around(email, () => pins.put(pin))
    await this.note(person, emailId)
    return this.matches(person, emailId)
  }

  /** Takes a word back: matched by addresses alone again. */
  async unpin(
    person: Person,
    { emailId, contactId }: { emailId: string; contactId: string },
  ): Promise<EmailMatches> {
    const { workspaceId } = person
    const seen = await this.find(person, emailId)
    await this.around(seen.email, () => this.parts.pins.remove({ workspaceId, emailId, contactId }))
    await this.note(person, emailId)
    return this.present(seen)
  }

  private around<T>({ workspaceId, _id, threadId }: EmailHead, change: () => Promise<T>) {
    const threadIds = threadId === null ? [] : [threadId]
    return this.parts.matcher.around({ workspaceId, emailIds: [_id], threadIds }, change)
  }

  private async find(person: Person, emailId: string): Promise<Seen> {
    const { access, emails } = this.parts
    const [email] = await emails.findMany([emailId])
    const level = email && (await access.levels(person, [email])).get(emailId)
    if (!email || !level || level === 'none') throw new NotFoundError()
    return { email, level }
  }

  /** Whom a message that is not stored would belong to, by its addresses. */
  async wouldMatch(workspaceId: string, { partyKeys, ...named }: OpenMessage): Promise<Matches> {
    const open = { id: '', partyKeys, parties: partiesOf(named), wordsOn: () => [] }
    return this.matchesOf(workspaceId, open)
  }

  /** The same of one that is at hand. */
  async present({ email, level }: Seen): Promise<EmailMatches> {
    const { _id: id, workspaceId, partyKeys } = email
    const pins = await this.parts.matcher.pinsOn(workspaceId, [email])
    const parties = partiesOf(level === 'full' ? email : { ...email, bcc: [] })
    const wordsOn = (ids: string[]) => wordsAbout(email, ids, pins)
    const matches = await this.matchesOf(workspaceId, { id, partyKeys, parties, wordsOn })
    return { emailId: id, matches }
  }

  private async matchesOf(
    workspaceId: string,
    { id, partyKeys, parties, wordsOn }: Matchable,
  ): Promise<Matches> {
    const { contacts, companies } = this.parts
    const ids = [...(await contacts.known(workspaceId, partyKeys)).values()].flat()
    const pins = wordsOn(ids)
    const pinned = pins.map(({ contactId }) => contactId)
    const found = await contacts.findMany(workspaceId, [...new Set([...ids, ...pinned])])
    const domainsOf = await companies.domainsOf(workspaceId, domainsIn(found))
    const facts = found.map(({ _id: contactId, addresses }) => {
      const own = addresses.map(({ address }) => address)
      return { contactId, addresses: own, aliases: aliasesOf(own, domainsOf) }
    })
    const matches = matchesOf({ id, parties }, facts, pins)
    return matches.map((match) => presentMatch(match, found))
  }

  private async note(person: Person, id: string): Promise<void> {
    const { workspaceId } = person
    const object = { kind: 'email', id }
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'match-pinned', object },
    })
  }
}

function partiesOf({ from, sender, to, cc, bcc, replyTo }: Named): Party[] {
  const as = (role: PartyRole, parties: ({ address: string } | null)[]): Party[] =>
    parties.flatMap((party) => (party ? [{ role, address: party.address }] : []))
  return [
    ...as('from', [from]),
    ...as('sender', [sender]),
    ...as('reply-to', replyTo),
    ...as('to', to),
    ...as('cc', cc),
    ...as('bcc', bcc),
  ]
}

const presentMatch = (
  { contactId, reasons }: { contactId: string; reasons: MatchReason[] },
  contacts: Contact[],
) => ({
  contactId,
  name: contacts.find(({ _id }) => _id === contactId)?.name ?? '',
  reasons: reasons.map((reason) => ({ ...reason, sentence: sentenceOf(reason) })),
})

function sentenceOf({ by, role, address }: MatchReason): string {
  const where = `${address ?? ''} (${role ?? ''})`
  switch (by) {
    case 'address':
      return `${where} is an address of this contact.`
    case 'plus-tag':
      return `${where} is an address of this contact with a tag.`
    case 'alias-domain':
      return `${where} is an address of this contact at another domain of its company.`
    case 'relay':
      return `Another sender wrote it for this contact: answers go to ${address ?? ''}.`
    case 'pinned':
      return 'A person said so.'
  }
}
