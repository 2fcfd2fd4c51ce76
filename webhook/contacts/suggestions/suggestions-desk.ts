import type { Contact as WireContact } from '../../../models/wire/contacts/contact.ts'
import type { SuggestionPage } from '../../../models/wire/contacts/upkeep.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Person } from '../../crm/ports.ts'
import { NotFoundError } from '../../errors.ts'
import type { ContactsDesk } from '../contacts-desk.ts'
import { cut, readCursor } from '../cursor.ts'
import type { MatchedEmails } from '../matching/matched-emails.ts'
import type { ContactStore } from '../store/contact-store.ts'
import type { Suggestion, SuggestionStore } from './suggestion-store.ts'

export type SuggestionsDeskParts = {
  suggestions: SuggestionStore
  contacts: Pick<ContactStore, 'known'>
  contactsDesk: ContactsDesk
  matched: MatchedEmails
  audit: Audit
}

/** People one writes with who are no contacts. Nobody becomes one by himself. */
export class SuggestionsDesk {
  constructor(private readonly parts: SuggestionsDeskParts) {}

  /** A page can be short: who became a contact in another way is left out. */
  async page(
    person: Person,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<SuggestionPage> {
    const { suggestions } = this.parts
    const before = readCursor(cursor)
    const found = await suggestions.page(person, { limit: limit + 1, before })
    const page = cut(found, limit, ({ lastAt: at, _id: id }) => ({ at, id }))
    const open = await this.withoutContacts(person.workspaceId, page.items)
    return {
      suggestions: await Promise.all(open.map((each) => this.present(person, each))),
      nextCursor: page.nextCursor,
    }
  }

  /** The contact it becomes; when the address has one by now, that one. */
  async accept(person: Person, id: string, name: string | undefined): Promise<WireContact> {
    const { suggestions, contacts, contactsDesk } = this.parts
    const suggestion = await this.get(person, id)
    const { address, addressKey } = suggestion
    const known = await contacts.known(person.workspaceId, [addressKey])
    const owner = known.get(addressKey)?.[0]
    const contact = owner
      ? await contactsDesk.find(person, owner)
      : await contactsDesk.create(person, {
          ...{ name: name ?? suggestion.name, jobTitle: '', phone: '', addresses: [address] },
        })
    await suggestions.became(id, contact.id)
    await this.note(person, id, 'accepted')
    return contact
  }

  /** For this person, for good. */
  async dismiss(person: Person, id: string): Promise<void> {
    await this.get(person, id)
    await this.parts.suggestions.dismiss(id, person.userId)
    await this.note(person, id, 'dismissed')
  }

  private async get(person: Person, id: string): Promise<Suggestion> {
    const suggestion = await this.parts.suggestions.find(person, id)
    if (!suggestion) throw new NotFoundError()
    return suggestion
  }

  private async withoutContacts(workspaceId: string, all: Suggestion[]): Promise<Suggestion[]> {
    const { contacts, suggestions } = this.parts
    const known = await contacts.known(
      workspaceId,
      all.map(({ addressKey }) => addressKey),
    )
    const ownerOf = ({ addressKey }: Suggestion) => known.get(addressKey)?.[0]
    for (const each of all) {
      const owner = ownerOf(each)
      if (owner) await suggestions.became(each._id, owner)
    }
    return all.filter((each) => !ownerOf(each))
  }

  private async present({ workspaceId, userId }: Person, suggestion: Suggestion) {
    const { _id: id, address, name, addressKey, lastAt } = suggestion
    const emails = await this.parts.matched.countWith({ workspaceId, userId, addressKey })
    return { id, address, name, emails, lastAt: lastAt.toISOString() }
  }

  private async note(person: Person, id: string, decision: string): Promise<void> {
    const { workspaceId } = person
    const object = { kind: 'suggestion', id }
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action: 'suggestion-decided', object },
      details: { decision },
    })
  }
}
