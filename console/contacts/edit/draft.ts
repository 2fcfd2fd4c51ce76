import type { ChangeContact, Contact, NewContact } from '../../../models/wire/contacts/contact.ts'

/** One line of the form; `key` stays while its text is written. */
export type AddressLine = { key: number; text: string }

/** A contact as it is being written. */
export type Draft = {
  name: string
  jobTitle: string
  phone: string
  /** Its name; empty: none. */
  company: string
  addresses: readonly AddressLine[]
  /** Addresses that never were theirs: to be taken out altogether. */
  forget: readonly string[]
}

let lastKey = 0
export const addressLine = (text = ''): AddressLine => ({ key: ++lastKey, text })

export const emptyDraft = (): Draft => ({
  ...{ name: '', jobTitle: '', phone: '', company: '' },
  addresses: [addressLine()],
  forget: [],
})

export function draftOf({ name, jobTitle, phone, company, addresses }: Contact): Draft {
  const inUse = addresses.filter(({ formerSince }) => formerSince === null)
  return {
    ...{ name, jobTitle, phone, company: company?.name ?? '', forget: [] },
    addresses: inUse.map(({ address }) => addressLine(address)),
  }
}

/** The addresses that are written down, each once. */
export const addressesOf = ({ addresses }: Pick<Draft, 'addresses'>): string[] => [
  ...new Set(addresses.map(({ text }) => text.trim()).filter((text) => text !== '')),
]

export type DraftFault = { of: 'name' } | { of: 'address'; key: number }

/** The first thing that is not right yet; what else an address must be, the service says. */
export function faultIn(draft: Draft): DraftFault | null {
  const wrong = draft.addresses.find(
    ({ text }) => text.trim() !== '' && !/^[^\s@]+@[^\s@]+$/.test(text.trim()),
  )
  if (wrong) return { of: 'address', key: wrong.key }
  return draft.name.trim() === '' && addressesOf(draft).length === 0 ? { of: 'name' } : null
}

/** Undefined: the company that has the address's domain, as the service finds it. */
export type CompanyChoice = string | null | undefined

export const newContactOf = (draft: Draft, companyId: CompanyChoice): Partial<NewContact> => ({
  ...{ name: draft.name.trim(), jobTitle: draft.jobTitle.trim(), phone: draft.phone.trim() },
  ...(companyId === undefined ? {} : { companyId }),
  addresses: addressesOf(draft),
})

/** What was changed from what the writer saw, and nothing else. */
export function changesOf(draft: Draft, seen: Draft, companyId: CompanyChoice): ChangeContact {
  const text = (field: 'name' | 'jobTitle' | 'phone') =>
    draft[field].trim() === seen[field] ? {} : { [field]: draft[field].trim() }
  const addresses = addressesOf(draft)
  const isSame = addresses.join('\n') === addressesOf(seen).join('\n')
  return {
    ...{ ...text('name'), ...text('jobTitle'), ...text('phone') },
    ...(companyId === undefined ? {} : { companyId }),
    ...(isSame ? {} : { addresses }),
    ...(draft.forget.length === 0 ? {} : { forget: [...draft.forget] }),
  }
}

/** The draft on top of a newer contact: what its writer changed stays changed, the rest is as somebody else left it. */
export function rebased(draft: Draft, seen: Draft, now: Draft): Draft {
  const text = (field: 'name' | 'jobTitle' | 'phone' | 'company') =>
    draft[field] === seen[field] ? now[field] : draft[field]
  const [written, before] = [addressesOf(draft), addressesOf(seen)]
  const kept = now.addresses.filter((line) => !before.includes(line.text) || isIn(written, line))
  const added = draft.addresses.filter(
    (line) => !isIn(before, line) && !isIn(addressesOf(now), line),
  )
  return {
    ...{ name: text('name'), jobTitle: text('jobTitle'), phone: text('phone') },
    ...{ company: text('company'), forget: draft.forget, addresses: [...kept, ...added] },
  }
}

const isIn = (texts: string[], { text }: AddressLine): boolean => texts.includes(text.trim())
