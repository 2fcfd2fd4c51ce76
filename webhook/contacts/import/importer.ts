import { domainOf } from '../../crm/decide/addresses.ts'
import type { CompanyStore } from '../store/company-store.ts'
import type { Contact, ContactStore, NewContact } from '../store/contact-store.ts'
import type { ContactWriter } from '../contact-writer.ts'
import { erasedAmong, type ErasedParts } from '../erased.ts'
import type { ImportCounts, ImportFault } from '../../../models/wire/contacts/contact-import.ts'
import type { PersonRow } from './read-rows.ts'

/** Others write the same contacts meanwhile; more often than this in a row they do not. */
const TRIES = 5

export type ImporterParts = ErasedParts & {
  contacts: ContactStore
  companies: CompanyStore
  writer: ContactWriter
}

/** What becomes of a row. */
export type Plan =
  | { becomes: 'created'; person: PersonRow; contact: NewContact }
  | { becomes: 'updated'; person: PersonRow; was: Contact; contact: NewContact }
  | { becomes: 'unchanged'; person: PersonRow; was: Contact }
  | { becomes: 'failed'; person: PersonRow; fault: ImportFault }

/** Which company a row belongs to: by its name, else by the domain of its first address; null: none there is. */
export type CompanyOf = (person: PersonRow) => string | null

/** Holds rows against the contacts there are, and writes what they lack. Reading the same row in again changes nothing. */
export class Importer {
  constructor(private readonly parts: ImporterParts) {}

  async plan(workspaceId: string, people: PersonRow[], companyOf: CompanyOf): Promise<Plan[]> {
    const { contacts } = this.parts
    const addresses = people.flatMap((person) => person.addresses)
    const owners = await contacts.owners(workspaceId, addresses)
    const ids = [...new Set(owners.values())]
    const known = await contacts.findMany(workspaceId, ids)
    const byId = new Map(known.map((contact) => [contact._id, contact]))
    const erased = await erasedAmong(this.parts, workspaceId, addresses)
    return people.map((person) => {
      if (person.addresses.some((address) => erased.has(address)))
        return { becomes: 'failed', person, fault: ofErased(person) }
      const theirs = new Set(person.addresses.flatMap((address) => owners.get(address) ?? []))
      const [id, ...others] = theirs
      const was = id === undefined ? undefined : byId.get(id)
      if (others.length > 0) return { becomes: 'failed', person, fault: ofTwo(person) }
      const contact = filledUp(was, person, companyOf(person))
      if (!was) return { becomes: 'created', person, contact }
      return isSame(was, contact)
        ? { becomes: 'unchanged', person, was }
        : { becomes: 'updated', person, was, contact }
    })
  }

  /** Writes a lot; the answer is what became of it. */
  async write(
    workspaceId: string,
    people: PersonRow[],
  ): Promise<{ counts: ImportCounts; faults: ImportFault[] }> {
    const companyOf = await this.companiesOf(workspaceId, people, { creates: true })
    const counts: ImportCounts = { created: 0, updated: 0, unchanged: 0, failed: 0 }
    const faults: ImportFault[] = []
    let left = people
    for (let tries = 0; left.length > 0 && tries < TRIES; tries++) {
      const plans = await this.plan(workspaceId, left, companyOf)
      const again = new Set([
        ...(await this.create(workspaceId, plans)),
        ...(await this.update(plans)),
      ])
      for (const plan of plans) {
        if (again.has(plan.person)) continue
        counts[plan.becomes]++
        if (plan.becomes === 'failed') faults.push(plan.fault)
      }
      left = [...again]
    }
    counts.failed += left.length
    return { counts, faults: [...faults, ...left.map(busy)] }
  }

  /** Of those rows that name one, or whose addresses do. With `creates`, a name that nobody has becomes a company. */
  async companiesOf(
    workspaceId: string,
    people: PersonRow[],
    { creates }: { creates: boolean },
  ): Promise<CompanyOf> {
    const { companies } = this.parts
    const names = [...new Set(people.flatMap(({ company }) => company || []))]
    const named = await companies.named(workspaceId, names)
    const missing = creates ? names.filter((name) => !named.has(name)) : []
    const wanted = missing.map((name) => ({ name, domains: [] }))
    for (const company of await companies.create(workspaceId, wanted))
      if (company) named.set(company.name, company)
    const firstDomain = ({ addresses }: PersonRow) => domainOf(addresses[0] ?? '') ?? ''
    const domains = [...new Set(people.map(firstDomain))]
    const byDomain = await companies.withDomains(workspaceId, domains)
    return (person) =>
      person.company
        ? (named.get(person.company)?._id ?? null)
        : (byDomain.get(firstDomain(person))?._id ?? null)
  }

  /** Those whose address somebody else took in the meantime. */
  private async create(workspaceId: string, plans: Plan[]): Promise<PersonRow[]> {
    const creations = plans.filter((plan) => plan.becomes === 'created')
    if (creations.length === 0) return []
    const contacts = creations.map(({ contact }) => contact)
    const made = await this.parts.writer.create(workspaceId, contacts)
    return creations.filter((_, at) => made[at] === null).map(({ person }) => person)
  }

  /** Those that somebody else changed in the meantime. */
  private async update(plans: Plan[]): Promise<PersonRow[]> {
    const again: PersonRow[] = []
    for (const plan of plans) {
      if (plan.becomes !== 'updated') continue
      const result = await this.parts.writer.change(plan.was, plan.contact)
      if (typeof result === 'string') again.push(plan.person)
    }
    return again
  }
}

/** What is there stays; the row fills gaps and adds addresses. */
function filledUp(
  was: Contact | undefined,
  person: PersonRow,
  companyId: string | null,
): NewContact {
  const known = was?.addresses ?? []
  const more = person.addresses
    .filter((address) => !known.some((each) => each.address === address))
    .map((address) => ({ address, formerSince: null }))
  return {
    name: was?.name || person.name,
    jobTitle: was?.jobTitle || person.jobTitle,
    phone: was?.phone || person.phone,
    companyId: was?.companyId ?? companyId,
    addresses: [
      ...known.filter(({ formerSince }) => formerSince === null),
      ...more,
      ...known.filter(({ formerSince }) => formerSince !== null),
    ],
  }
}

const isSame = (was: Contact, becomes: NewContact): boolean =>
  was.name === becomes.name &&
  was.jobTitle === becomes.jobTitle &&
  was.phone === becomes.phone &&
  was.companyId === becomes.companyId &&
  was.addresses.length === becomes.addresses.length

const ofErased = ({ row }: PersonRow): ImportFault => ({
  ...{ row, column: null, message: 'A person with this address was erased on request.' },
  todo: 'Leave the row out. An administrator can lift the erasure, if the person agrees.',
})

const ofTwo = ({ row }: PersonRow): ImportFault => ({
  ...{ row, column: null, message: 'These addresses belong to two different contacts.' },
  todo: 'Merge the two contacts first, or split the row.',
})

const busy = ({ row }: PersonRow): ImportFault => ({
  ...{ row, column: null, message: 'This contact was being changed by others all the time.' },
  todo: 'Import the file again: rows that are in already stay as they are.',
})
