import type { StoredContact } from '../../models/contacts/contact.ts'
import type { Vault } from '../keys/vault.ts'
import type { Suppressions } from '../rules/people.ts'
import { domainsIn } from './aliases.ts'
import { erasedAmong, ErasedPersonError } from './erased.ts'
import type { CompanyStore } from './store/company-store.ts'
import { matchKeysOf, type DomainsOf } from './store/contact-keys.ts'
import type { Contact, ContactStore, NewContact } from './store/contact-store.ts'
import type { Matcher } from './matching/matcher.ts'

export type WriterParts = {
  contacts: ContactStore
  companies: CompanyStore
  vault: Pick<Vault, 'of'>
  suppressions: Suppressions
  matcher: Matcher
}

/** Changes contacts, and has the mail of the addresses in question matched and judged anew. */
export class ContactWriter {
  constructor(private readonly parts: WriterParts) {}

  /** Null at a position means: one of its addresses belongs to another contact already. Throws an ErasedPersonError. */
  async create(workspaceId: string, created: NewContact[]): Promise<(Contact | null)[]> {
    const { contacts, matcher } = this.parts
    await this.refuseErased(workspaceId, created.flatMap(addressesOf))
    const spelling = await this.spelling(workspaceId, created)
    const addressKeys = created.flatMap((contact) => spelling.keysOf(contact))
    const affected = { workspaceId, addressKeys, judgedKeys: addressKeys }
    const made = await matcher.around(affected, () =>
      contacts.create(workspaceId, created, spelling.domainsOf),
    )
    await this.respellIfChanged(workspaceId, spelling)
    return made
  }

  /** `changed`: somebody was faster; `taken`: an address belongs to another contact. Throws an ErasedPersonError. */
  async change(
    was: Contact,
    becomes: NewContact,
    more: Partial<Pick<StoredContact, 'took'>> = {},
  ): Promise<Contact | 'changed' | 'taken'> {
    const { contacts, matcher } = this.parts
    const { workspaceId } = was
    const known = new Set(addressesOf(was))
    const added = addressesOf(becomes).filter((address) => !known.has(address))
    await this.refuseErased(workspaceId, added)
    const spelling = await this.spelling(workspaceId, [was, becomes])
    const before = spelling.keysOf(was)
    const now = spelling.keysOf(becomes)
    const affected = {
      workspaceId,
      addressKeys: [...before, ...now],
      judgedKeys: now.filter((key) => !before.includes(key)),
    }
    const changed = await matcher.around(affected, () =>
      contacts.change({ was, becomes }, spelling.domainsOf, more),
    )
    await this.respellIfChanged(workspaceId, spelling)
    return changed
  }

  async remove(contact: Contact): Promise<boolean> {
    const { contacts, matcher } = this.parts
    const { workspaceId } = contact
    const { keysOf } = await this.spelling(workspaceId, [contact])
    const affected = { workspaceId, addressKeys: keysOf(contact) }
    return matcher.around(affected, () => contacts.remove(contact))
  }

  /** How addresses of these contacts are spelled at their companies' other domains, as of now. */
  async spelling(workspaceId: string, about: Pick<Contact, 'addresses'>[]) {
    const { companies, vault } = this.parts
    const domains = [...new Set(domainsIn(about))]
    const domainsOf: DomainsOf = await companies.domainsOf(workspaceId, domains)
    const { blind } = await vault.of(workspaceId)
    const keysOf = (contact: Pick<Contact, 'addresses'>) =>
      matchKeysOf(contact, { blind, domainsOf })
    return { domains, domainsOf, keysOf }
  }

  private async refuseErased(workspaceId: string, addresses: string[]): Promise<void> {
    if (addresses.length === 0) return
    const erased = await erasedAmong(this.parts, workspaceId, addresses)
    if (erased.size > 0) throw new ErasedPersonError()
  }

  /** A company whose domains changed while we wrote looked for its contacts before ours was there. */
  private async respellIfChanged(workspaceId: string, { domains, domainsOf }: Spelling) {
    const { companies, matcher, vault } = this.parts
    const now = await companies.domainsOf(workspaceId, domains)
    const changed = domains.filter((domain) => now(domain).join() !== domainsOf(domain).join())
    if (changed.length === 0) return
    const { blind } = await vault.of(workspaceId)
    const domainKeys = changed.map((domain) => blind('domain', domain))
    await matcher.around({ workspaceId, domainKeys }, async () => undefined)
  }
}

const addressesOf = ({ addresses }: Pick<Contact, 'addresses'>): string[] =>
  addresses.map(({ address }) => address)

type Spelling = { domains: string[]; domainsOf: DomainsOf }
