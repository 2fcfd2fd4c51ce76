import type {
  ChangeContact,
  Contact as WireContact,
  ContactPage,
  NewContact as WireNewContact,
} from '../../models/wire/contacts/contact.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import { addressForms, domainOf, normaliseDomain } from '../crm/decide/addresses.ts'
import { areWordsIn, askedBeginnings } from '../crm/decide/names.ts'
import type { Person } from '../crm/ports.ts'
import { ChangedMeanwhileError, NotFoundError, TakenError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type { CompanyStore } from './store/company-store.ts'
import { nameKey } from './store/contact-keys.ts'
import type { Contact, ContactFilter, ContactStore, NewContact } from './store/contact-store.ts'
import type { ContactWriter } from './contact-writer.ts'
import { cut, readCursor } from './cursor.ts'
import { changedAddresses, fault, readAddresses } from './edit-contact.ts'
import { presentContact } from './present.ts'

export type ContactsDeskParts = {
  contacts: ContactStore
  companies: CompanyStore
  writer: ContactWriter
  vault: Pick<Vault, 'of'>
  audit: Audit
  clock: Clock
  /** What is written about a contact goes with it. */
  onRemoved: (contact: { workspaceId: string; contactId: string }) => Promise<void>
}

export type ContactQuery = {
  q: string | null
  companyId: string | null
  limit: number
  cursor: string | null
}

/** Contacts of a workspace: everybody in it reads and edits them. What is of another one is as good as not there. */
export class ContactsDesk {
  constructor(private readonly parts: ContactsDeskParts) {}

  async page({ workspaceId }: Person, query: ContactQuery): Promise<ContactPage> {
    const { q, companyId, limit, cursor } = query
    const filter: ContactFilter = companyId === null ? {} : { companyId }
    if (q !== null) filter.anyOf = await this.waysToFind(workspaceId, q)
    if (filter.anyOf?.length === 0) return { contacts: [], nextCursor: null }
    const before = readCursor(cursor)
    const found = await this.parts.contacts.page(workspaceId, filter, { limit: limit + 1, before })
    const page = cut(found, limit, ({ createdAt: at, _id: id }) => ({ at, id }))
    const shown = q === null ? page.items : page.items.filter((contact) => isFound(contact, q))
    return { contacts: await this.present(workspaceId, shown), nextCursor: page.nextCursor }
  }

  async find({ workspaceId }: Person, id: string): Promise<WireContact> {
    return this.presentOne(await this.get(workspaceId, id))
  }

  async create(person: Person, wanted: WireNewContact): Promise<WireContact> {
    const { workspaceId } = person
    const addresses = readAddresses(wanted.addresses, 'addresses')
    const contact: NewContact = {
      ...{ name: wanted.name, jobTitle: wanted.jobTitle, phone: wanted.phone },
      companyId: await this.companyFor(workspaceId, wanted.companyId, addresses),
      addresses: addresses.map((address) => ({ address, formerSince: null })),
    }
    const [created] = await this.parts.writer.create(workspaceId, [contact])
    if (!created) throw await this.taken(workspaceId, addresses, null)
    await this.note(person, 'contact-created', created)
    return this.presentOne(created)
  }

  /** `version` is the one that the person saw. */
  async change(
    person: Person,
    { id, version }: { id: string; version: number },
    changes: ChangeContact,
  ): Promise<WireContact> {
    const { workspaceId } = person
    const was = await this.get(workspaceId, id)
    if (was.rev !== version || was.mergedInto !== null) throw new ChangedMeanwhileError()
    const becomes = await this.changed(was, changes)
    const result = await this.parts.writer.change(was, becomes)
    if (result === 'changed') throw new ChangedMeanwhileError()
    const addresses = becomes.addresses.map(({ address }) => address)
    if (result === 'taken') throw await this.taken(workspaceId, addresses, id)
    await this.note(person, 'contact-changed', result)
    return this.presentOne(result)
  }

  async remove(person: Person, { id, version }: { id: string; version: number }): Promise<void> {
    const was = await this.get(person.workspaceId, id)
    const isAsSeen = was.rev === version && was.mergedInto === null
    if (!isAsSeen || !(await this.parts.writer.remove(was))) throw new ChangedMeanwhileError()
    await this.parts.onRemoved({ workspaceId: person.workspaceId, contactId: id })
    await this.note(person, 'contact-deleted', was)
  }

  private async get(workspaceId: string, id: string): Promise<Contact> {
    const contact = await this.parts.contacts.find(workspaceId, id)
    if (!contact) throw new NotFoundError()
    return contact
  }

  private async changed(was: Contact, changes: ChangeContact): Promise<NewContact> {
    const companyId =
      changes.companyId === undefined
        ? was.companyId
        : await this.companyFor(was.workspaceId, changes.companyId, [])
    const becomes = {
      name: changes.name ?? was.name,
      jobTitle: changes.jobTitle ?? was.jobTitle,
      phone: changes.phone ?? was.phone,
      companyId,
      addresses: changedAddresses(was, changes, this.parts.clock.now()),
    }
    if (becomes.name === '' && becomes.addresses.length === 0)
      throw fault('name', 'a contact needs a name or an address')
    return becomes
  }

  /** Undefined: the company that has the domain of the first address. */
  private async companyFor(
    workspaceId: string,
    wanted: string | null | undefined,
    addresses: string[],
  ): Promise<string | null> {
    if (wanted === null) return null
    if (wanted === undefined) {
      const domain = domainOf(addresses[0] ?? '')
      const companies = await this.parts.companies.withDomains(workspaceId, domain ? [domain] : [])
      return companies.get(domain ?? '')?._id ?? null
    }
    if (!(await this.parts.companies.find(workspaceId, wanted)))
      throw fault('companyId', 'there is no such company')
    return wanted
  }

  /** Whose the addresses are: so that the person can open that contact instead. */
  private async taken(
    workspaceId: string,
    addresses: string[],
    own: string | null,
  ): Promise<TakenError> {
    const owners = await this.parts.contacts.owners(workspaceId, addresses)
    const fields = addresses.flatMap((address, at) => {
      const owner = owners.get(address)
      return owner && owner !== own
        ? [{ path: `addresses.${at}`, message: `belongs to the contact ${owner}` }]
        : []
    })
    return new TakenError('This address belongs to another contact. Open that one.', fields)
  }

  private async waysToFind(
    workspaceId: string,
    q: string,
  ): Promise<NonNullable<ContactFilter['anyOf']>> {
    const { blind } = await this.parts.vault.of(workspaceId)
    const forms = addressForms(q)
    if (forms) {
      const keyOf = (address: string) => [blind('address', address)]
      return [{ matchKeys: keyOf(forms.exact) }, { foldedKeys: keyOf(forms.folded) }]
    }
    const domain = normaliseDomain(q)
    const words = askedBeginnings(q)
    return [
      ...(domain?.includes('.') ? [{ domainKeys: [blind('domain', domain)] }] : []),
      ...(words.length > 0 ? [{ nameKeys: words.map((word) => nameKey(blind, word)) }] : []),
    ]
  }

  private async presentOne(contact: Contact): Promise<WireContact> {
    const { workspaceId, companyId } = contact
    const company = companyId && (await this.parts.companies.find(workspaceId, companyId))
    return presentContact(contact, company || null)
  }

  private async present(workspaceId: string, contacts: Contact[]): Promise<WireContact[]> {
    const ids = [...new Set(contacts.flatMap(({ companyId }) => companyId ?? []))]
    const companies = await this.parts.companies.findMany(workspaceId, ids)
    const byId = new Map(companies.map((company) => [company._id, company]))
    return contacts.map((contact) =>
      presentContact(contact, byId.get(contact.companyId ?? '') ?? null),
    )
  }

  private async note(
    person: Person,
    action: 'contact-created' | 'contact-changed' | 'contact-deleted',
    { workspaceId, _id: id, rev }: Contact,
  ): Promise<void> {
    const object = { kind: 'contact', id }
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action, object },
      details: { version: rev },
    })
  }
}

/** Keys know the beginnings of words only. */
const isFound = ({ name, addresses }: Contact, q: string): boolean =>
  q.includes('@') ||
  normaliseDomain(q)?.includes('.') === true ||
  areWordsIn(q, [name, ...addresses.map(({ address }) => address.split('@')[0] ?? '')])
