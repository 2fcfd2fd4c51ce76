import type { DuplicateList } from '../../../models/wire/contacts/upkeep.ts'
import { duplicateReason, type DuplicateReason } from '../../crm/decide/duplicates.ts'
import type { Person } from '../../crm/ports.ts'
import type { CompanyStore } from '../store/company-store.ts'
import type { Contact, ContactStore } from '../store/contact-store.ts'
import { presentContact } from '../present.ts'

/** More are not looked through at once; who merges these finds the next. */
const MOST_GROUPS = 100
const MOST_IN_GROUP = 10
const MOST = 100

export type DuplicatesDeskParts = { contacts: ContactStore; companies: CompanyStore }

/** Contacts that may be one person, with the reason; a person decides. */
export class DuplicatesDesk {
  constructor(private readonly parts: DuplicatesDeskParts) {}

  async list({ workspaceId }: Person): Promise<DuplicateList> {
    const { contacts, companies } = this.parts
    const groups = [
      ...(await contacts.sharing(workspaceId, 'foldedKeys', MOST_GROUPS)),
      ...(await contacts.sharing(workspaceId, 'wholeNameKey', MOST_GROUPS)),
    ].map((ids) => ids.slice(0, MOST_IN_GROUP))
    const found = await contacts.findMany(workspaceId, [...new Set(groups.flat())])
    const byId = new Map(found.map((contact) => [contact._id, contact]))
    const pairs = pairsOf(groups, byId).slice(0, MOST)
    const companyIds = pairs.flatMap(({ pair }) => pair.flatMap(({ companyId }) => companyId ?? []))
    const named = await companies.findMany(workspaceId, [...new Set(companyIds)])
    const present = (contact: Contact) =>
      presentContact(contact, named.find(({ _id }) => _id === contact.companyId) ?? null)
    return {
      duplicates: pairs.map(({ reason, pair: [one, other] }) => ({
        reason,
        sentence: sentences[reason],
        contacts: [present(one), present(other)],
      })),
    }
  }
}

const sentences: Record<DuplicateReason, string> = {
  'same-mailbox': 'Both have an address that ends up in the same mailbox.',
  'same-name-and-company': 'Both have the same name and the same company.',
  'same-name-and-similar-domain':
    'Both have the same name, and addresses at domains that look alike.',
}

type Pair = { reason: DuplicateReason; pair: [Contact, Contact] }

function pairsOf(groups: string[][], byId: Map<string, Contact>): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const ids of groups)
    for (const [at, id] of ids.entries())
      for (const otherId of ids.slice(at + 1)) {
        const [one, other] = [byId.get(id), byId.get(otherId)]
        const reason = one && other ? duplicateReason(compared(one), compared(other)) : null
        if (!one || !other || !reason) continue
        pairs.set([id, otherId].sort().join(), { reason, pair: olderFirst(one, other) })
      }
  return [...pairs.values()]
}

const compared = ({ name, companyId, addresses }: Contact) => ({
  ...{ name, companyId },
  addresses: addresses.map(({ address }) => address),
})

const olderFirst = (one: Contact, other: Contact): [Contact, Contact] =>
  one.createdAt.getTime() < other.createdAt.getTime() ||
  (one.createdAt.getTime() === other.createdAt.getTime() && one._id < other._id)
    ? [one, other]
    : [other, one]
